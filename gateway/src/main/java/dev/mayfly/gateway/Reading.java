package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RuntimeStats;
import dev.mayfly.pool.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that is measured, at one moment.
 *
 * @param gateway the server
 * @param runtime the guests
 * @param served what did something since it last slept, of the functions that are served now
 * @param limits rate limits of the routes that are served now
 * @param triggers Kafka triggers that are subscribed
 * @param spoolLimit bytes all spool files may take together
 */
record Reading(
        GatewayStats gateway,
        RuntimeStats runtime,
        Map<GuestFunction, PoolStats> served,
        Map<LimitedRoute, LimitedRoute.Passage> limits,
        Map<EventMeters, List<TriggerRow>> triggers,
        long spoolLimit) {

    static StatsTable table(RuntimeStats runtime, List<FunctionRow> rows) {
        RuntimeStats.Memory memory = runtime.memory();
        PoolStats total = runtime.total();
        return new StatsTable(
                rows,
                count(runtime, Tier.HOT),
                count(runtime, Tier.WARM),
                count(runtime, Tier.COLD),
                total.runningSandboxes(),
                total.queued(),
                total.runs(),
                total.refusals(),
                memory.sandboxes() + memory.images() + memory.classes(),
                memory.limit());
    }

    private static int count(RuntimeStats runtime, Tier tier) {
        return runtime.functions().getOrDefault(tier, 0);
    }

    static FunctionRow row(GuestFunction function, PoolStats stats) {
        Distribution dirty = stats.spread().dirtyPages();
        Distribution guest = stats.spread().guestNanos();
        return new FunctionRow(
                function.id().app(),
                function.id().function(),
                function.id().revision(),
                label(stats.tier()),
                stats.idleSandboxes(),
                stats.runningSandboxes(),
                stats.queued(),
                stats.runs(),
                stats.refusals(),
                dirty.quantile(0.5),
                dirty.quantile(0.99),
                Duration.ofNanos(guest.quantile(0.5)),
                Duration.ofNanos(guest.quantile(0.99)),
                stats.memoryBytes());
    }

    /** A constant as a tag's value. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
