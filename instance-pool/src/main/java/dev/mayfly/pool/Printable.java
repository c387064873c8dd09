package dev.mayfly.pool;

import java.util.List;

/** Text that a module chose, made fit for a terminal and a log line. */
final class Printable {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SENTENCE = 4_000;

    private Printable() {}

    static String name(String text) {
        return escaped(text, LONGEST_NAME);
    }

    static List<String> names(List<String> texts) {
        return texts.stream().map(Printable::name).toList();
    }

    static String sentence(String text) {
        return escaped(text, LONGEST_SENTENCE);
    }

    private static String escaped(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && out.length() < longest; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                out.append("\\x").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        return out.length() < longest ? out.toString() : out.append('…').toString();
    }
}
