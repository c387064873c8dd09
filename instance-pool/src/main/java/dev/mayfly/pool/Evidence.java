package dev.mayfly.pool;

/**
 * What one run used, however it ended.
 *
 * @param queuedNanos from submission to the start of the run
 * @param wakeNanos of those, how long the function was brought back from the cold tier; 0 if it was
 *     awake
 * @param guestNanos from the start of the run to its end, waits included
 * @param dirtyPages 4 KiB pages the guest wrote to, which the reset copied back
 * @param grownPages 64 KiB pages the guest grew its memory by
 * @param memoryPages 64 KiB pages of linear memory at the end, which is the most: it never shrinks
 * @param hostCalls imports the guest called
 */
public record Evidence(
        long queuedNanos,
        long wakeNanos,
        long guestNanos,
        int dirtyPages,
        int grownPages,
        int memoryPages,
        int hostCalls) {
    /** For a run that never began. */
    public static final Evidence NONE = new Evidence(0, 0, 0, 0, 0, 0, 0);
}
