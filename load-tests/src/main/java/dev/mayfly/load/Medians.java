package dev.mayfly.load;

import java.util.stream.DoubleStream;

/** The value in the middle: one slow round does not move it. */
final class Medians {
    private Medians() {}

    /** The upper of the two middle ones when their number is even. */
    static double of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        return sorted[sorted.length / 2];
    }
}
