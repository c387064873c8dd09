package dev.mayfly.kafka;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** How what is finished comes to be committed. Belongs to the loop. */
sealed interface Commits permits OffsetCommits, Transactions {
    /** So long a finished record waits for others to be committed with. */
    long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Begins a commit if it is time; of all that is finished. Tells {@code endings} of writes. */
    void look(List<PartitionWindow> windows, Endings endings, long now);

    /** Nanoseconds from {@code now} until it should be asked again, {@code otherwise} at most. */
    long pause(long now, long otherwise);

    /** Commits what is finished and waits for that; some seconds at most. */
    void flush(List<PartitionWindow> windows, Endings endings);

    /** Lets go of what it holds. */
    void close();

    /**
     * Whether a partition has so much finished that it should be committed at once: half a window,
     * so that the other half is under way meanwhile. At a quarter, commits were 8 % of all work.
     */
    static boolean isMuch(PartitionWindow window) {
        return window.uncommitted() >= Math.max(1, window.most() / 2);
    }
}
