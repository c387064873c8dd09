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
        String escaped = LogLines.escape(text.substring(0, Math.min(text.length(), longest)));
        return text.length() <= longest ? escaped : escaped + "…";
    }
}
