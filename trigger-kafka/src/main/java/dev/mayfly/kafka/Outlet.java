package dev.mayfly.kafka;

/** Where outputs and dead letters go. Belongs to the loop. */
sealed interface Outlet permits PlainOutlet, HeldOutlet {
    /**
     * Writes what the slot has to write and tells {@code endings} what came of it: {@link
     * Endings#written}, {@link Endings#notWritten} or {@link Endings#refused}; or {@link
     * Endings#held} when that is known with its commit. Possibly before it returns.
     */
    void write(Slot slot, Endings endings);

    /** Writes that nothing is known of yet. */
    int underWay();

    /** Blocks for a moment at most; what is under way may be written or not. */
    void close();
}
