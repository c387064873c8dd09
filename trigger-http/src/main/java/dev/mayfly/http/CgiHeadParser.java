package dev.mayfly.http;

import dev.mayfly.http.ParsedHead.Malformed;
import dev.mayfly.http.ResponseHead.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a guest's header block, rules 1 to 5 of docs/contract.md. */
final class CgiHeadParser {
    private static final int MOST_QUOTED = 80;

    private final UnaryOperator<CharSequence> text;

    CgiHeadParser(UnaryOperator<CharSequence> text) {
        this.text = text;
    }

    /** Reads a block that ends, empty line included, at {@code end}. */
    ParsedHead parse(byte[] output, int end) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (output[i] != '\n') {
                continue;
            }
            int length = i - start - (i > start && output[i - 1] == '\r' ? 1 : 0);
            if (length > 0) {
                String raw = new String(output, start, length, StandardCharsets.ISO_8859_1);
                Optional<String> wrong = flaw(raw);
                if (wrong.isPresent()) {
                    return new Malformed(
                            "line " + (lines.size() + 1) + " " + wrong.get() + ": " + quoted(raw));
                }
                lines.add(Line.of(raw));
            }
            start = i + 1;
        }
        return assemble(lines, end);
    }

    private static Optional<String> flaw(String line) {
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            return Optional.of("of the header block is folded");
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            return Optional.of("of the header block has no ':'");
        }
        if (!Octets.isTokens(line.substring(0, colon))) {
            return Optional.of("of the header block has a name that is no token");
        }
        for (int i = colon + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Octets.isControl(c) && c != '\t') {
                return Optional.of("of the header block has a control character");
            }
        }
        return Optional.empty();
    }

    private static String quoted(String line) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < Math.min(line.length(), MOST_QUOTED); i++) {
            char c = line.charAt(i);
            quoted.append(Octets.isControl(c) || c > 0x7e ? '?' : c);
        }
        return line.length() > MOST_QUOTED ? quoted + "…" : quoted.toString();
    }

    private ParsedHead assemble(List<Line> lines, int end) {
        Special special = new Special();
        Set<String> nominated = new HashSet<>();
        for (Line line : lines) {
            if (!special.take(line)) {
                return new Malformed("more than one " + line.name());
            }
            if (line.name().equals("connection")) {
                nominated.addAll(line.tokens());
            }
        }
        if (special.isEmpty()) {
            return new Malformed("none of Status, Location, Content-Type");
        }
        int status = special.code();
        if (status < 200) {
            return new Malformed("Status is " + special.status + " (expected: 200 to 599)");
        }
        ResponseHead response = new ResponseHead(status, fields(lines, nominated));
        return new CgiHead(response, end, special.localRedirect(), special.contentLength);
    }

    private List<Field> fields(List<Line> lines, Set<String> nominated) {
        List<Field> fields = new ArrayList<>(lines.size());
        for (Line line : lines) {
            if (!CgiFields.belongToGateway(line.name()) && !nominated.contains(line.name())) {
                fields.add(new Field(text.apply(line.name()), text.apply(line.value())));
            }
        }
        return fields;
    }

    /** One line; the name in lower case, the value without blanks around it. */
    private record Line(String name, String value) {
        static Line of(String raw) {
            int colon = raw.indexOf(':');
            int from = colon + 1;
            int to = raw.length();
            while (from < to && isBlank(raw.charAt(from))) {
                from++;
            }
            while (to > from && isBlank(raw.charAt(to - 1))) {
                to--;
            }
            return new Line(
                    raw.substring(0, colon).toLowerCase(Locale.ROOT), raw.substring(from, to));
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }

        List<String> tokens() {
            List<String> tokens = new ArrayList<>();
            for (String token : value.split(",", -1)) {
                tokens.add(token.strip().toLowerCase(Locale.ROOT));
            }
            return tokens;
        }
    }

    /** The fields that say something to the gateway. */
    private static final class Special {
        private @Nullable String status;
        private @Nullable String location;
        private @Nullable String contentType;
        private long contentLength = -1;

        /** {@return false if it is one too many} */
        boolean take(Line line) {
            String before = null;
            switch (line.name()) {
                case "status" -> {
                    before = status;
                    status = line.value();
                }
                case "location" -> {
                    before = location;
                    location = line.value();
                }
                case "content-type" -> {
                    before = contentType;
                    contentType = line.value();
                }
                case "content-length" -> contentLength = decimal(line.value());
                default -> {}
            }
            return before == null;
        }

        boolean isEmpty() {
            return status == null && location == null && contentType == null;
        }

        /** {@return the status to send, -1 if the guest's is none} */
        int code() {
            if (status == null) {
                return location == null ? 200 : 302;
            }
            boolean ends = status.length() == 3 || (status.length() > 3 && status.charAt(3) == ' ');
            int code = ends ? (int) decimal(status.substring(0, 3)) : -1;
            return code <= 599 ? code : -1;
        }

        Optional<String> localRedirect() {
            return status == null && location != null && isLocal(location)
                    ? Optional.of(location)
                    : Optional.empty();
        }

        private static boolean isLocal(String target) {
            return target.startsWith("/") && !target.startsWith("//");
        }

        private static long decimal(String digits) {
            if (digits.isEmpty() || digits.length() > 18) {
                return -1;
            }
            long value = 0;
            for (int i = 0; i < digits.length(); i++) {
                int digit = digits.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                value = 10 * value + digit;
            }
            return value;
        }
    }
}
