package dev.mayfly.manifest;

import java.util.List;

/** Values as messages show them: quoted, on one line, never long. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String of(Node node) {
        return switch (node) {
            case Node.Table _ -> "a table";
            case Node.Array _ -> "a list";
            case Node.Scalar(_, String text) -> of(text);
            case Node.Scalar(_, Object value) -> cut(value.toString());
        };
    }

    static String of(String text) {
        return quoted(cut(text));
    }

    static String list(List<String> words) {
        return String.join(", ", words);
    }

    /** {@return {@code text} without quotes, on one line} */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars()
                .mapToObj(c -> isPlain((char) c) ? String.valueOf((char) c) : escape((char) c))
                .forEach(plain::append);
        return plain.toString();
    }

    /** {@return {@code text} as a basic TOML string} */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> append(quoted, (char) c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, char c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> quoted.append(isPlain(c) ? String.valueOf(c) : escape(c));
        }
    }

    private static String escape(char c) {
        return "\\u%04x".formatted((int) c);
    }

    /** Controls, also those above ASCII and line separators, would break a message's line. */
    private static boolean isPlain(char c) {
        return c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0x2028 && c != 0x2029;
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
