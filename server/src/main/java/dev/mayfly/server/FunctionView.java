package dev.mayfly.server;

import dev.mayfly.gateway.FunctionNow;
import dev.mayfly.gateway.FunctionRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Functions as the API shows them to who looks again and again. */
final class FunctionView {
    private FunctionView() {}

    /** Functions of this gateway, and how it is. */
    record FunctionPage(
            @Said("Of the last change that is served here: a new one means that apps changed.")
                    long number,
            boolean ready,
            @Said("Why this gateway is not quite well.") List<String> degraded,
            @Said("Those that run most first, then by name.") List<FunctionLine> functions,
            @Said("How many there are besides.") int more) {}

    /** A function that is served. */
    record FunctionLine(
            String app,
            String function,
            long revision,
            @Said(pattern = "hot|warm|cold") String tier,
            int idle,
            int running,
            int queued,
            @Said("All its runs that are over.") long runs,
            @Said("Of those, that ended badly.") long failures,
            @Said("All that were refused before they began.") long refusals,
            long memoryBytes,
            Recent recent) {}

    /** What it did lately, as far as somebody looked. */
    record Recent(
            @Said("Runs that ended in each of the last seconds, the newest last; up to 60.")
                    List<Long> perSecond,
            @Said("Runs that ended badly, of the last half to whole minute, as p50 and p99 are.")
                    long failures,
            @Said("Microseconds in the guest; missing without a run.") Optional<Long> p50Us,
            @Said("Likewise.") Optional<Long> p99Us) {}

    static FunctionLine of(FunctionNow now) {
        FunctionRow row = now.row();
        return new FunctionLine(
                row.app(),
                row.function(),
                row.revision(),
                row.tier(),
                row.idle(),
                row.running(),
                row.queued(),
                row.runs(),
                now.failures(),
                row.refusals(),
                row.memoryBytes(),
                of(now.lately()));
    }

    private static Recent of(FunctionNow.Lately lately) {
        return new Recent(
                lately.perSecond(),
                lately.failures(),
                lately.median().map(FunctionView::micros),
                lately.p99().map(FunctionView::micros));
    }

    private static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
