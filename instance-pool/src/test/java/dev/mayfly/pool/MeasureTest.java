package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The buckets: none misses a value, none is wider than it says. */
class MeasureTest {
    private static final int VALUES = 200_000;

    private final long seed = System.nanoTime();

    @ParameterizedTest
    @EnumSource
    void everyValueIsInTheBucketThatHoldsIt(Measure measure) {
        assertThat(misplaced(measure::bucket, Measure::end)).as("seed %d", seed).isZero();
    }

    @Test
    void zeroAndEveryPowerOfTwoEndsABucket() {
        assertThat(Measure.end(Measure.GUEST_NANOS.bucket(0))).isZero();
        for (int shift = 0; shift <= 40; shift++) {
            long power = 1L << shift;
            assertThat(Measure.end(Measure.GUEST_NANOS.bucket(power))).isEqualTo(power);
        }
    }

    @Test
    void whatIsOutOfRangeCountsAsTheLargest() {
        int last = Measure.GROWN_PAGES.buckets() - 1;
        assertThat(Measure.GROWN_PAGES.bucket(1L << 15)).isEqualTo(last);
        assertThat(Measure.GROWN_PAGES.bucket(Long.MAX_VALUE)).isEqualTo(last);
        assertThat(Measure.GROWN_PAGES.bucket(-1)).isZero();
    }

    @Test
    void plantedFaultsAreFound() {
        Measure nanos = Measure.GUEST_NANOS;
        assertThat(misplaced(value -> nanos.bucket(value + 1), Measure::end)).isPositive();
        assertThat(misplaced(value -> nanos.bucket(value) + 1, Measure::end)).isPositive();
        assertThat(misplaced(nanos::bucket, bucket -> Measure.end(bucket) - 1)).isPositive();
        assertThat(misplaced(nanos::bucket, bucket -> Measure.end(bucket + 1))).isPositive();
    }

    /** Values of all sizes whose bucket ends below them, begins above them or is too wide. */
    private int misplaced(LongToIntFunction bucket, IntToLongFunction end) {
        Random random = new Random(seed);
        int misplaced = 0;
        for (int i = 0; i < VALUES; i++) {
            long value = random.nextLong(1L << random.nextInt(1, 15));
            int found = bucket.applyAsInt(value);
            long before = found == 0 ? -1 : end.applyAsLong(found - 1);
            long last = end.applyAsLong(found);
            boolean narrow = last - before <= Math.max(1, (before + 1) / 8);
            misplaced += value > before && value <= last && narrow ? 0 : 1;
        }
        return misplaced;
    }
}
