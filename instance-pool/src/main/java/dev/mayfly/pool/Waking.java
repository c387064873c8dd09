package dev.mayfly.pool;

/** Brings back what a cold function needs to run. */
@FunctionalInterface
interface Waking {
    /** Blocks from milliseconds to many seconds; on a waker's thread, once at a time. */
    Loading wake();

    /**
     * Whether {@link #wake} will be quick once {@code function} is let go of; makes it so if that
     * can be done. Blocks for a moment; on the keeper's thread.
     */
    default boolean keeps(FrozenFunction function) {
        return true;
    }
}
