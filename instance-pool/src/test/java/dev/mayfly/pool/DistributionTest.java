package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a distribution says against a sorted list of the same values. */
class DistributionTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void countSumBoundsAndQuantilesAgreeWithTheValuesThemselves() {
        for (int round = 0; round < 2_000; round++) {
            long[] values = someValues();
            Distribution seen = distributionOf(values);
            Arrays.sort(values);
            assertThat(disagreement(values, seen)).as("seed %d, round %d", seed, round).isEmpty();
        }
    }

    @Test
    void aDistributionThatLostOrMovedAValueIsFound() {
        long[] values = someValues();
        Distribution seen = distributionOf(values);
        Arrays.sort(values);
        long[] without = Arrays.copyOf(values, values.length - 1);
        assertThat(disagreement(values, distributionOf(without))).isNotEmpty();
        long[] moved = values.clone();
        moved[moved.length - 1] = moved[moved.length - 1] * 2 + 2;
        assertThat(disagreement(values, distributionOf(moved))).isNotEmpty();
        var shifted =
                seen.buckets().stream()
                        .map(each -> new Distribution.Bucket(each.upTo() * 2 + 1, each.count()))
                        .toList();
        assertThat(disagreement(values, new Distribution(seen.sum(), shifted))).isNotEmpty();
    }

    @Test
    void whatCameSinceAnotherLookIsWhatCameSince() {
        for (int round = 0; round < 200; round++) {
            long[] before = someValues();
            long[] after = someValues();
            long[] all = Arrays.copyOf(before, before.length + after.length);
            System.arraycopy(after, 0, all, before.length, after.length);
            assertThat(distributionOf(all).since(distributionOf(before)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(distributionOf(after));
        }
    }

    @Test
    void nothingSeenIsZero() {
        assertThat(Distribution.NONE.count()).isZero();
        assertThat(Distribution.NONE.quantile(0.99)).isZero();
        assertThat(Distribution.NONE.atMost(Long.MAX_VALUE)).isZero();
    }

    @Test
    void aShareIsOfOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.NONE.quantile(99))
                .withMessage("share: 99.0 (expected: 0 to 1)");
    }

    private long[] someValues() {
        long scale = 1L << random.nextInt(1, 31);
        return random.longs(1 + random.nextInt(300), 0, scale).toArray();
    }

    private static Distribution distributionOf(long[] values) {
        Tally tally = new Tally();
        for (long value : values) {
            tally.ran(RunEnd.SUCCEEDED, true, new Evidence(0, 0, value, 0, 0, 0, 0));
        }
        long[] cells = new long[Cells.ALL];
        tally.addTo(cells);
        return Cells.stats(Tier.HOT, Presence.NONE, cells).spread().guestNanos();
    }

    /** The first statement that does not hold; empty when all do. */
    private static String disagreement(long[] sorted, Distribution seen) {
        if (seen.count() != sorted.length || seen.sum() != Arrays.stream(sorted).sum()) {
            return "count or sum";
        }
        for (int shift = 0; shift < 32; shift++) {
            long bound = 1L << shift;
            if (seen.atMost(bound) != Arrays.stream(sorted).filter(v -> v <= bound).count()) {
                return "values up to " + bound;
            }
        }
        for (double share : List.of(0.0, 0.5, 0.9, 0.99, 1.0)) {
            int rank = (int) Math.max(1, Math.ceil(share * sorted.length));
            long exact = sorted[rank - 1];
            long told = seen.quantile(share);
            if (told < exact || told > exact + exact / 8 + 1) {
                return "quantile " + share + ": " + told + " for " + exact;
            }
        }
        return "";
    }
}
