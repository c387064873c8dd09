package dev.mayfly.cli;

import java.util.List;

/**
 * Something of an answer that is not as expected.
 *
 * @param subject {@code status}, {@code header location}, {@code body} …
 * @param summary on one line
 * @param lines more of it; empty when the summary says all
 */
record Mismatch(String subject, String summary, List<Line> lines) {
    Mismatch {
        lines = List.copyOf(lines);
    }

    Mismatch(String subject, String summary) {
        this(subject, summary, List.of());
    }

    /**
     * A line of a difference.
     *
     * @param kind whose it is
     * @param text fit for a terminal
     */
    record Line(Kind kind, String text) {}

    /** Whose a line is. */
    enum Kind {
        /** Of both. */
        SAME(' '),
        /** Expected, and did not come. */
        EXPECTED('-'),
        /** Came, and was not expected. */
        CAME('+'),
        /** Neither's. */
        NOTE(' ');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        char mark() {
            return mark;
        }
    }

    /** {@return it as plain text, a line each} */
    String text() {
        StringBuilder text = new StringBuilder(subject).append(": ").append(summary);
        lines.forEach(line ->
                text.append("\n  ").append(line.kind().mark()).append(' ').append(line.text()));
        return text.toString();
    }
}
