package dev.mayfly.gateway;

import dev.mayfly.gateway.Crowd.Latest;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.Outcome.Refused;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RunEnd;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The meters of one function. Those that are served and did something since they last slept have
 * some: what the others counted is in the totals, and a function's own counters go on where they
 * were when it wakes up.
 */
final class FunctionMeters {
    private static final String[] STATE_IDLE = {"state", "idle"};
    private static final String[] STATE_RUNNING = {"state", "running"};

    private FunctionMeters() {}

    /** The count of {@code key}. */
    static <K> double of(Map<K, ? extends Number> counts, K key) {
        Number count = counts.get(key);
        if (count == null) {
            throw new IllegalArgumentException(key + " (expected: one of " + counts.keySet() + ")");
        }
        return count.doubleValue();
    }

    static void bind(GuestFunction function, Binder<Latest<PoolStats>> binder) {
        Series series = new Series(binder, function.id());
        for (RunEnd end : RunEnd.values()) {
            series.count(
                    "runs",
                    "Runs of a function that are over, by how they ended.",
                    stats -> of(stats.ended(), end),
                    "outcome",
                    Reading.label(end));
        }
        for (Refused.Cause cause : Refused.Cause.values()) {
            series.count(
                    "refusals",
                    "Runs of a function that were refused before they began, by cause.",
                    stats -> of(stats.refused(), cause),
                    "cause",
                    Reading.label(cause));
        }
        bindRest(series);
    }

    private static void bindRest(Series series) {
        String sandboxes = "Sandboxes of a function.";
        series.gauge("sandboxes", "", sandboxes, PoolStats::idleSandboxes, STATE_IDLE);
        series.gauge("sandboxes", "", sandboxes, PoolStats::runningSandboxes, STATE_RUNNING);
        series.gauge("queued", "", "Runs of a function that wait to begin.", PoolStats::queued);
        series.gauge(
                "memory",
                "bytes",
                "What a function holds of the memory budget.",
                PoolStats::memoryBytes);
        series.count("resets", "Sandboxes of a function reset after a run.", PoolStats::resets);
        series.count(
                "discards",
                "Sandboxes of a function thrown away after a run.",
                PoolStats::discards);
        series.count(
                "abandoned",
                "Runs of a function whose client left before they began.",
                stats -> stats.turnover().abandoned());
        series.count(
                "evictions",
                "Moves of a function to a lower tier.",
                stats -> stats.turnover().evictions());
    }

    /** Names and tags as all meters of one function have them. */
    private record Series(Binder<Latest<PoolStats>> binder, FunctionId function) {
        void gauge(
                String name,
                String unit,
                String help,
                ToDoubleFunction<PoolStats> value,
                String... tags) {
            binder.gauge(
                    "mayfly.function." + name,
                    unit,
                    help,
                    latest -> value.applyAsDouble(latest.value()),
                    tagged(tags));
        }

        void count(String name, String help, ToDoubleFunction<PoolStats> value, String... tags) {
            binder.count(
                    "mayfly.function." + name,
                    help,
                    latest -> value.applyAsDouble(latest.value()),
                    tagged(tags));
        }

        private String[] tagged(String... tags) {
            Stream<String> own =
                    Stream.of(
                            "app",
                            function.app(),
                            "function",
                            function.function(),
                            "revision",
                            String.valueOf(function.revision()));
            return Stream.concat(Stream.of(tags), own).toArray(String[]::new);
        }
    }
}
