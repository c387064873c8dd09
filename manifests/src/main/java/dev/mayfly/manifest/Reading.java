package dev.mayfly.manifest;

/**
 * What came of reading one text.
 *
 * @param <T> what is read
 */
sealed interface Reading<T> {
    /** Well formed. */
    record Good<T>(T value) implements Reading<T> {}

    /**
     * Not well formed.
     *
     * @param why completes {@code "x" is not a route (…)}
     * @param mend what to write instead
     */
    record Bad<T>(String why, String mend) implements Reading<T> {}
}
