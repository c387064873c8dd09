package dev.mayfly.gateway;

import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.Outcome.Refused;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RunEnd;
import dev.mayfly.pool.Tier;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Every meter of a server. Nothing is measured twice: a look takes one {@link Reading}, from which
 * all meters tell their values.
 *
 * <pre>
 *   PoolStats, GatewayStats ─► Reading ─┬─► Micrometer: gauges and counters of the server,
 *                                       │   and of each function that is awake ─────────────┐
 *                                       └─► Histograms: made anew at each look ─────────────┴─► text
 * </pre>
 *
 * <p>Tags have few values: constants of ours, numbers of event loops, names of apps and functions
 * that are deployed. None comes from a request.
 */
final class Meters implements AutoCloseable {
    /** Routes with a rate limit that have series of their own, three each. */
    private static final int MOST_ROUTES = 1000;

    /** Kafka triggers that have series of their own, thirteen each and a histogram. */
    private static final int MOST_TRIGGERS = 1000;

    private final Supplier<Reading> source;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Binder<Meters> own = new Binder<>(registry, this);
    private final Crowd<GuestFunction, PoolStats> functions;
    private final Crowd<LimitedRoute, LimitedRoute.Passage> limits =
            new Crowd<>(registry, MOST_ROUTES, LimitedRoute::bind);
    private final Crowd<EventMeters, List<TriggerRow>> triggers =
            new Crowd<>(registry, MOST_TRIGGERS, EventMeters::bind);

    private final JvmMeters jvm;

    /** The reading of the look under way, or of the last one. */
    private volatile Reading now;

    /** Takes a first reading; {@code mostFunctions} have series of their own. */
    Meters(Supplier<Reading> source, int mostFunctions) {
        this.source = source;
        functions = new Crowd<>(registry, mostFunctions, FunctionMeters::bind);
        this.now = source.get();
        jvm = JvmMeters.bindTo(registry); // first: it filters what is registered
        runs();
        sandboxes();
        memory();
        threads();
        disk();
        connections();
        requests();
        registry.getPrometheusRegistry().register(new Histograms(() -> now, functions::listed));
        registry.getPrometheusRegistry().register(new RouteHistograms(() -> now.routes()));
        registry.getPrometheusRegistry().register(new EventHistograms(triggers::listed));
    }

    /** Text of now, in the form that {@code accept} asks for. */
    synchronized MetricsText scrape(String accept) {
        now = source.get();
        functions.refresh(now.served());
        limits.refresh(now.limits());
        triggers.refresh(now.triggers());
        String type = MetricsText.typeFor(accept);
        return new MetricsText(type, registry.scrape(type));
    }

    private void runs() {
        for (RunEnd end : RunEnd.values()) {
            count(
                    "mayfly.runs",
                    "Runs of guests that are over, by how they ended.",
                    total(stats -> FunctionMeters.of(stats.ended(), end)),
                    "outcome",
                    Reading.label(end));
        }
        for (Refused.Cause cause : Refused.Cause.values()) {
            count(
                    "mayfly.refusals",
                    "Runs that were refused before they began, by cause.",
                    total(stats -> FunctionMeters.of(stats.refused(), cause)),
                    "cause",
                    Reading.label(cause));
        }
        count(
                "mayfly.abandoned",
                "Runs whose client left before they began.",
                total(stats -> stats.turnover().abandoned()));
        gauge("mayfly.queued", "Runs that wait to begin.", total(PoolStats::queued));
    }

    private void sandboxes() {
        for (Tier tier : Tier.values()) {
            gauge(
                    "mayfly.functions",
                    "Functions that are loaded, by how much of them is in memory.",
                    reading -> FunctionMeters.of(reading.runtime().functions(), tier),
                    "tier",
                    Reading.label(tier));
        }
        String help = "Sandboxes there are.";
        gauge("mayfly.sandboxes", help, total(PoolStats::idleSandboxes), "state", "idle");
        gauge("mayfly.sandboxes", help, total(PoolStats::runningSandboxes), "state", "running");
        count("mayfly.resets", "Sandboxes reset after a run.", total(PoolStats::resets));
        count("mayfly.discards", "Sandboxes thrown away after a run.", total(PoolStats::discards));
        count(
                "mayfly.evictions",
                "Moves of a function to a lower tier.",
                total(stats -> stats.turnover().evictions()));
    }

    private void memory() {
        String help = "What is taken of the memory budget.";
        bytes(
                "mayfly.memory.used",
                help,
                r -> r.runtime().memory().sandboxes(),
                "kind",
                "sandboxes");
        bytes("mayfly.memory.used", help, r -> r.runtime().memory().images(), "kind", "images");
        bytes("mayfly.memory.used", help, r -> r.runtime().memory().classes(), "kind", "classes");
        bytes(
                "mayfly.memory.limit",
                "The memory budget of the server.",
                r -> r.runtime().memory().limit());
    }

    private void threads() {
        String help = "Guest threads.";
        gauge("mayfly.guest.threads", help, r -> r.runtime().threads().busy(), "state", "busy");
        gauge(
                "mayfly.guest.threads",
                help,
                r -> r.runtime().threads().blocked(),
                "state",
                "blocked");
        gauge("mayfly.guest.threads", help, r -> r.runtime().threads().idle(), "state", "idle");
    }

    private void disk() {
        bytes(
                "mayfly.cache.used",
                "What is kept of modules and snapshots on disk.",
                r -> r.runtime().cache().used());
        bytes(
                "mayfly.cache.limit",
                "What may be kept of modules and snapshots on disk.",
                r -> r.runtime().cache().limit());
        bytes("mayfly.spool.used", "What spool files take.", r -> r.gateway().spoolBytes());
        bytes("mayfly.spool.limit", "What spool files may take together.", Reading::spoolLimit);
        gauge(
                "mayfly.spool.files",
                "Request bodies that wait on disk.",
                r -> r.gateway().spoolFiles());
        count(
                "mayfly.log.dropped.lines",
                "Log lines that came faster than they could be written.",
                r -> r.gateway().droppedLogLines());
        count(
                "mayfly.traces.dropped",
                "Requests whose trace was not recorded because they came too fast.",
                r -> r.gateway().droppedTraces());
    }

    private void connections() {
        gauge("mayfly.connections", "Connections that are open.", r -> r.gateway().connections());
        count(
                "mayfly.connections.accepted",
                "Connections ever opened.",
                r -> r.gateway().acceptedConnections());
        count(
                "mayfly.connections.refused",
                "Connections that were one too many for max_connections.",
                r -> r.gateway().refusedConnections());
        for (int i = 0; i < now.gateway().loops().size(); i++) {
            int loop = i;
            gauge(
                    "mayfly.event.loop.pending.tasks",
                    "Tasks that wait for an event loop.",
                    r -> r.gateway().loops().get(loop).pendingTasks(),
                    "loop",
                    String.valueOf(loop));
            own.gauge(
                    "mayfly.event.loop.lag",
                    "seconds",
                    "How late an event loop came to its last look at time limits.",
                    meters -> meters.now.gateway().loops().get(loop).lagNanos() / 1e9,
                    "loop",
                    String.valueOf(loop));
        }
    }

    private void requests() {
        gauge("mayfly.requests.running", "Requests not yet answered.", r -> r.gateway().running());
        for (StatusClass status : StatusClass.values()) {
            count(
                    "mayfly.requests",
                    "Requests that are over, by the status of their answer.",
                    r -> FunctionMeters.of(r.gateway().answered(), status),
                    "status",
                    status.label());
        }
        for (Rejection cause : Rejection.values()) {
            count(
                    "mayfly.requests.rejected",
                    "Requests that ended before anything was run or served for them, by cause.",
                    r -> FunctionMeters.of(r.gateway().rejected(), cause),
                    "cause",
                    Reading.label(cause));
        }
    }

    private static ToDoubleFunction<Reading> total(ToDoubleFunction<PoolStats> value) {
        return reading -> value.applyAsDouble(reading.runtime().total());
    }

    private void gauge(String name, String help, ToDoubleFunction<Reading> value, String... tags) {
        own.gauge(name, "", help, meters -> value.applyAsDouble(meters.now), tags);
    }

    private void bytes(String name, String help, ToDoubleFunction<Reading> value, String... tags) {
        own.gauge(name, "bytes", help, meters -> value.applyAsDouble(meters.now), tags);
    }

    private void count(String name, String help, ToDoubleFunction<Reading> value, String... tags) {
        own.count(name, help, meters -> value.applyAsDouble(meters.now), tags);
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
