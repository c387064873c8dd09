package dev.mayfly.pool;

/**
 * Ends a load; its message is a sentence for the module's owner. Wrong modules are expected, but
 * they are found deep inside readers and on other threads: a value would have to be handed up
 * through each of them. {@link Loader} turns it into one.
 */
final class UnloadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnloadableException(String sentence) {
        super(sentence);
    }

    /** The sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
