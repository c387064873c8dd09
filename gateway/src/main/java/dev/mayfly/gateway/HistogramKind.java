package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import dev.mayfly.pool.PoolStats.Spread;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What there is a histogram of. Its bounds are powers of four, at which counts are exact. */
enum HistogramKind {
    QUEUE_SECONDS(
            true, "How long runs waited to begin.", "How long runs of a function waited to begin."),
    GUEST_SECONDS(
            true,
            "How long runs took, the guest's waiting included.",
            "How long runs of a function took, the guest's waiting included."),
    DIRTY_PAGES(
            false,
            "4 KiB pages of memory that runs wrote to.",
            "4 KiB pages of memory that runs of a function wrote to."),
    GROWN_PAGES(
            false,
            "64 KiB pages that runs grew their memory by.",
            "64 KiB pages that runs of a function grew their memory by."),
    HOST_CALLS(false, "Imports that runs called.", "Imports that runs of a function called."),
    WAKEUP_SECONDS(
            true,
            "How long it took to bring a function back from the cold tier.",
            "How long it took to bring this function back from the cold tier.");

    /** From about a microsecond to about a minute. */
    private static final long[] TIMES =
            LongStream.rangeClosed(5, 18).map(power -> 1L << (2 * power)).toArray();

    /** Nothing, and from 1 to 262,144. */
    private static final long[] NUMBERS =
            LongStream.concat(
                            LongStream.of(0),
                            LongStream.rangeClosed(0, 9).map(power -> 1L << (2 * power)))
                    .toArray();

    private final boolean time;
    private final String help;
    private final String helpOfFunction;

    HistogramKind(boolean time, String help, String helpOfFunction) {
        this.time = time;
        this.help = help;
        this.helpOfFunction = helpOfFunction;
    }

    /** {@return bounds of times, in nanoseconds} */
    static long[] times() {
        return TIMES.clone();
    }

    String seriesName() {
        return Reading.label(this);
    }

    String help() {
        return help;
    }

    String helpOfFunction() {
        return helpOfFunction;
    }

    @Nullable Unit unit() {
        return time ? Unit.SECONDS : null;
    }

    Distribution of(Spread spread) {
        return switch (this) {
            case QUEUE_SECONDS -> spread.queuedNanos();
            case GUEST_SECONDS -> spread.guestNanos();
            case DIRTY_PAGES -> spread.dirtyPages();
            case GROWN_PAGES -> spread.grownPages();
            case HOST_CALLS -> spread.hostCalls();
            case WAKEUP_SECONDS -> spread.wakeNanos();
        };
    }

    long[] bounds() {
        return time ? TIMES : NUMBERS;
    }

    /** In base units. */
    double scaled(long value) {
        return time ? value / 1e9 : value;
    }
}
