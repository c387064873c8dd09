package dev.mayfly.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mayfly.guests.EchoReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as it came over the wire, a char a byte.
 *
 * @param status the status
 * @param fields name in lower case and value, in order
 * @param body decoded from chunks
 * @param complete whether the framing says that nothing is missing
 */
record Reply(int status, List<Field> fields, String body, boolean complete) {
    record Field(String name, String value) {}

    /** Reads one answer: what came until the server closed. */
    static Reply of(String bytes) {
        int headEnd = bytes.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            throw new AssertionError("no answer: " + bytes);
        }
        List<String> lines = bytes.substring(0, headEnd).lines().toList();
        int status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
        if (status == 100) {
            return of(bytes.substring(headEnd + 4));
        }
        return framed(status, fields(lines.subList(1, lines.size())), bytes.substring(headEnd + 4));
    }

    private static List<Field> fields(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .map(parts -> new Field(parts[0].toLowerCase(Locale.ROOT), parts[1].strip()))
                .toList();
    }

    private static Reply framed(int status, List<Field> fields, String rest) {
        Reply whole = new Reply(status, fields, rest, true);
        if (whole.header("transfer-encoding").isPresent()) {
            return dechunked(whole);
        }
        boolean complete =
                whole.header("content-length")
                        .map(length -> Integer.parseInt(length) == rest.length())
                        .orElse(true);
        return new Reply(status, fields, rest, complete);
    }

    private static Reply dechunked(Reply framed) {
        StringBuilder body = new StringBuilder();
        String left = framed.body();
        for (int line = left.indexOf("\r\n"); line > 0; line = left.indexOf("\r\n")) {
            int size = Integer.parseInt(left.substring(0, line), 16);
            if (size == 0) {
                return new Reply(framed.status(), framed.fields(), body.toString(), true);
            }
            int end = Math.min(left.length(), line + 2 + size);
            body.append(left, line + 2, end);
            left = left.substring(Math.min(left.length(), end + 2));
        }
        return new Reply(framed.status(), framed.fields(), body.toString(), false);
    }

    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** What an echo guest says it was given. */
    EchoReport report() {
        return EchoReport.of(body.getBytes(ISO_8859_1));
    }

    /** A variable the guest was given; {@code <absent>} if it was not. */
    String variable(String name) {
        return report().environment().getOrDefault(name, "<absent>");
    }
}
