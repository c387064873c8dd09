package dev.mayfly.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an echo guest says it was given. Strings hold one character per byte (ISO 8859-1), since a
 * guest is given bytes.
 *
 * @param environment its variables in the order it found them
 * @param arguments its argv
 * @param stdin the bytes it read
 * @param lines all other lines, such as {@code count 1}
 */
public record EchoReport(
        Map<String, String> environment, List<String> arguments, String stdin, List<String> lines) {
    /** Copies the collections in, keeping their order. */
    public EchoReport {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        arguments = List.copyOf(arguments);
        lines = List.copyOf(lines);
    }

    /**
     * Reads the body of an answer.
     *
     * @param body as the guest wrote it
     * @return what it says
     * @throws IllegalArgumentException if the same variable is in it twice
     */
    public static EchoReport of(byte[] body) {
        return new Reader(new String(body, ISO_8859_1)).read();
    }

    /**
     * {@return the value of the first line {@code name value}}
     *
     * @param name the line's first word
     * @throws IllegalArgumentException if there is no such line
     */
    public String line(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("line: " + name + " (found: " + lines + ")"));
    }

    private static final class Reader {
        private final String text;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> arguments = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private String stdin = "";
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private EchoReport read() {
            while (at < text.length()) {
                accept(nextLine());
            }
            return new EchoReport(environment, arguments, stdin, lines);
        }

        private String nextLine() {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at += line.length() + 1;
            return line;
        }

        private void accept(String line) {
            int blank = line.indexOf(' ');
            String value = line.substring(blank + 1);
            switch (line.substring(0, Math.max(0, blank))) {
                case "env" -> variable(unescaped(value));
                case "arg" -> arguments.add(unescaped(value));
                case "stdin" -> stdin = raw(Integer.parseInt(value));
                default -> lines.add(line);
            }
        }

        private void variable(String entry) {
            int equals = entry.indexOf('=');
            if (environment.put(entry.substring(0, equals), entry.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("variable: " + entry + " (expected: once)");
            }
        }

        private String raw(int length) {
            String bytes = text.substring(at, at + length);
            at += length;
            return bytes;
        }

        private static String unescaped(String escaped) {
            StringBuilder bytes = new StringBuilder();
            for (int i = 0; i < escaped.length(); i++) {
                char c = escaped.charAt(i);
                if (c == '\\') {
                    c = (char) Integer.parseInt(escaped.substring(i + 2, i + 4), 16);
                    i += 3;
                }
                bytes.append(c);
            }
            return bytes.toString();
        }
    }
}
