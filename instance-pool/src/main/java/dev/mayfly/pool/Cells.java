package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the counters of a function stand in one array, so that adding two is one loop.
 *
 * <pre>
 *   | run ends | resets, discards | refusals | abandoned, evictions | measures of runs | wake-ups |
 *                                                     each measure:  | sum | buckets ... |
 *   '-------------------------- a Tally's cells ------------------------------------'
 * </pre>
 */
@SuppressWarnings("EnumOrdinal") // an array's index, kept nowhere
final class Cells {
    static final int RESETS = RunEnd.values().length;
    static final int DISCARDS = RESETS + 1;
    static final int REFUSALS = DISCARDS + 1;
    static final int ABANDONED = REFUSALS + Outcome.Refused.Cause.values().length;
    static final int EVICTIONS = ABANDONED + 1;

    private static final int[] SUMS = sums();

    /** Cells that runs write to. */
    static final int OF_RUNS = sum(Measure.WAKE_NANOS);

    static final int ALL = OF_RUNS + 1 + Measure.WAKE_NANOS.buckets();

    private Cells() {}

    private static int[] sums() {
        Measure[] measures = Measure.values();
        int[] sums = new int[measures.length];
        int at = EVICTIONS + 1;
        for (Measure measure : measures) {
            sums[measure.ordinal()] = at;
            at += 1 + measure.buckets();
        }
        return sums;
    }

    static int ended(RunEnd end) {
        return end.ordinal();
    }

    static int refused(Outcome.Refused.Cause cause) {
        return REFUSALS + cause.ordinal();
    }

    /** Where the sum of {@code measure} stands; its buckets follow. */
    static int sum(Measure measure) {
        return SUMS[measure.ordinal()];
    }

    /** What {@code cells} and the moment say of a function. */
    static PoolStats stats(Tier tier, Presence now, long[] cells) {
        return new PoolStats(
                tier,
                now.idle(),
                now.running(),
                now.queued(),
                now.bytes(),
                counts(RunEnd.class, cells),
                counts(Outcome.Refused.Cause.class, Arrays.copyOfRange(cells, REFUSALS, ABANDONED)),
                turnover(cells),
                spread(cells));
    }

    /** By constant, from an array in their order. */
    static <E extends Enum<E>> Map<E, Long> counts(Class<E> kind, long[] byOrdinal) {
        Map<E, Long> counts = new EnumMap<>(kind);
        for (E each : kind.getEnumConstants()) {
            counts.put(each, byOrdinal[each.ordinal()]);
        }
        return counts;
    }

    private static PoolStats.Turnover turnover(long[] cells) {
        return new PoolStats.Turnover(
                cells[RESETS],
                cells[DISCARDS],
                cells[ABANDONED],
                distribution(Measure.WAKE_NANOS, cells).count(),
                cells[EVICTIONS]);
    }

    private static PoolStats.Spread spread(long[] cells) {
        return new PoolStats.Spread(
                distribution(Measure.QUEUED_NANOS, cells),
                distribution(Measure.GUEST_NANOS, cells),
                distribution(Measure.DIRTY_PAGES, cells),
                distribution(Measure.GROWN_PAGES, cells),
                distribution(Measure.HOST_CALLS, cells),
                distribution(Measure.WAKE_NANOS, cells));
    }

    /** Adds every cell of {@code more} to {@code sum}. */
    static void add(long[] more, long[] sum) {
        for (int i = 0; i < more.length; i++) {
            sum[i] += more[i];
        }
    }

    /** Counts a value, in an array that is the caller's own. */
    static void measure(Measure measure, long value, long[] cells) {
        int sum = sum(measure);
        cells[sum] += value;
        cells[sum + 1 + measure.bucket(value)]++;
    }

    private static Distribution distribution(Measure measure, long[] cells) {
        int first = sum(measure) + 1;
        List<Distribution.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < measure.buckets(); i++) {
            if (cells[first + i] != 0) {
                buckets.add(new Distribution.Bucket(Measure.end(i), cells[first + i]));
            }
        }
        return new Distribution(cells[first - 1], buckets);
    }
}
