package dev.mayfly.load;

import java.util.Arrays;

/** Times of all answers, every one of them kept. For any thread. */
final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;

    synchronized void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = time;
    }

    synchronized int count() {
        return count;
    }

    /**
     * So many of a hundred answers came within this many milliseconds.
     *
     * @throws IllegalStateException when there was no answer: a figure is never made up
     */
    synchronized double millis(double percent) {
        if (count == 0) {
            throw new IllegalStateException("answers: 0 (expected: at least one)");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.clamp(rank, 1, count) - 1] / 1e6;
    }
}
