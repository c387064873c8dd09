package dev.mayfly.manifest;

import java.util.List;

/**
 * What came of reading something: a value, or every problem in it.
 *
 * @param <T> what is read
 */
public sealed interface Parsed<T> {
    /**
     * Valid.
     *
     * @param <T> what is read
     * @param value what was read
     */
    record Valid<T>(T value) implements Parsed<T> {}

    /**
     * Not valid.
     *
     * @param <T> what is read
     * @param problems all of them, by line
     */
    record Invalid<T>(List<Problem> problems) implements Parsed<T> {
        /** Copies the list in. */
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
