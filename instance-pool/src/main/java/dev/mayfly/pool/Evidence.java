package dev.mayfly.pool;

/**
 * What one run used.
 *
 * @param queuedNanos from submission to the start of the run
 * @param guestNanos from the start of the run to its end, waits included
 * @param dirtyPages 4 KiB pages the reset copied back
 * @param grownPages 64 KiB pages the guest grew its memory by
 */
public record Evidence(long queuedNanos, long guestNanos, int dirtyPages, int grownPages) {
    /** For a run that never began. */
    public static final Evidence NONE = new Evidence(0, 0, 0, 0);
}
