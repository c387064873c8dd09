package dev.mayfly.gateway;

import dev.mayfly.http.HttpTrigger;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RuntimeStats;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at every part of a server and tells what it holds and did. Any thread. */
final class Survey implements AutoCloseable {
    private final GuestRuntime guests;
    private final LiveApps live;
    private final Triggers triggers;
    private final Serving serving;
    private final int meteredFunctions;
    private final Supplier<Listener> listener;

    /** Made by the first who asks for metrics: who never does need not wait for its classes. */
    private @Nullable Meters meters;

    /**
     * What runs functions.
     *
     * @param http on requests
     * @param kafka on records: what each trigger does now
     */
    record Triggers(HttpTrigger http, Supplier<List<TriggerRow>> kafka) {}

    /**
     * Takes the parts; {@code listener} may wait until the event loops are there.
     *
     * @param meteredFunctions functions with series of their own: some 130 lines each
     */
    Survey(
            GuestRuntime guests,
            LiveApps live,
            Triggers triggers,
            Serving serving,
            int meteredFunctions,
            Supplier<Listener> listener) {
        this.guests = guests;
        this.live = live;
        this.triggers = triggers;
        this.serving = serving;
        this.meteredFunctions = meteredFunctions;
        this.listener = listener;
    }

    GatewayStats stats() {
        return stats(guests.stats());
    }

    private GatewayStats stats(RuntimeStats runtime) {
        PoolStats total = runtime.total();
        Traffic traffic = serving.traffic();
        SpoolFolder spool = serving.intake().folder();
        return new GatewayStats(
                traffic.connections(),
                traffic.accepted(),
                traffic.turnedAway(),
                traffic.running(),
                traffic.answered(),
                traffic.rejected(),
                total.idleSandboxes(),
                total.runningSandboxes(),
                spool.files(),
                spool.bytes(),
                serving.journal().dropped(),
                listener.get().loops());
    }

    /** OpenMetrics text of now. */
    synchronized String metrics() {
        Meters there = meters;
        if (there == null) {
            there = new Meters(this::read, meteredFunctions);
            meters = there;
        }
        return there.scrape();
    }

    private Reading read() {
        RuntimeStats runtime = guests.stats();
        return new Reading(
                stats(runtime),
                runtime,
                served(runtime),
                LimitedRoute.of(triggers.http().rateLimits()),
                EventMeters.of(triggers.kafka().get()),
                serving.intake().folder().budget());
    }

    /** What did something since it last slept, of the functions that are served now. */
    private Map<GuestFunction, PoolStats> served(RuntimeStats runtime) {
        Map<GuestFunction, PoolStats> served = new LinkedHashMap<>();
        for (RuntimeStats.Awake awake : runtime.awake()) {
            if (live.serves(awake.function())) {
                served.put(awake.function(), awake.stats());
            }
        }
        return served;
    }

    StatsTable table() {
        RuntimeStats runtime = guests.stats();
        List<FunctionRow> rows =
                served(runtime).entrySet().stream()
                        .map(each -> Reading.row(each.getKey(), each.getValue()))
                        .sorted(
                                Comparator.comparing(FunctionRow::app)
                                        .thenComparing(FunctionRow::function)
                                        .thenComparingLong(FunctionRow::revision))
                        .toList();
        return Reading.table(runtime, rows);
    }

    @Override
    public synchronized void close() {
        if (meters != null) {
            meters.close();
        }
    }
}
