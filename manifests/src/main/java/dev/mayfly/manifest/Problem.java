package dev.mayfly.manifest;

import java.util.Comparator;

/**
 * One thing wrong with a file, and its mend.
 *
 * @param line from 1, 0 when the whole file is meant
 * @param column from 1, 0 when the whole line is meant
 * @param key the dotted key, {@code function.hello.limits.memory}; empty when none
 * @param message what is wrong: the value and what was expected
 * @param mend what to do about it
 */
public record Problem(int line, int column, String key, String message, String mend) {
    /** By line, then column; problems of the same place keep their order. */
    static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    static Problem of(Place place, String key, String message, String mend) {
        return new Problem(place.line(), place.column(), key, message, mend);
    }

    /**
     * {@return this problem as one line for people: {@code app.toml:12:3 app.name: … — …}}
     *
     * @param file what to call the file
     */
    public String at(String file) {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (line > 0 && column > 0) {
            text.append(':').append(column);
        }
        text.append(key.isEmpty() ? ": " : " " + key + ": ").append(message);
        return mend.isEmpty() ? text.toString() : text.append(" — ").append(mend).toString();
    }
}
