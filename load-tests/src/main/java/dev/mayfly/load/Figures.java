package dev.mayfly.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured: rows for people, names and values for machines. */
final class Figures {
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final StringBuilder result = new StringBuilder("RESULT");

    /** Adds a row of the table. */
    void row(String label, String value) {
        rows.put(label, value);
    }

    /** Adds a value to the last line, rounded to {@code decimals}. */
    void value(String name, double value, int decimals) {
        result.append(' ').append(name).append('=').append(rounded(value, decimals));
    }

    /** Adds a whole number to the last line. */
    void count(String name, long value) {
        result.append(' ').append(name).append('=').append(value);
    }

    static String rounded(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    String table() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        rows.forEach((label, value) ->
                text.append(label)
                        .append(" ".repeat(width - label.length() + 2))
                        .append(value)
                        .append('\n'));
        return text.toString();
    }

    String result() {
        return result.toString();
    }
}
