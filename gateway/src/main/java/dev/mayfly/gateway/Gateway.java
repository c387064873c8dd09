package dev.mayfly.gateway;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of functions: the facade of this module. Safe for any thread. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final ServerSettings settings;
    private final Main parts;
    private @Nullable AdminListener admin;
    private @Nullable Signals signals;
    private boolean stopped;

    private Gateway(ServerSettings settings, Main parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /**
     * {@return the gateway, to be closed} Starts the guest threads, and the event loops in the
     * background. Nothing listens yet. For apps of one's own: they may make objects.
     *
     * @param settings how it runs
     */
    public static Gateway open(ServerSettings settings) {
        return new Gateway(settings, Main.trusting(settings));
    }

    /**
     * {@return the gateway, to be closed} As {@link #open(ServerSettings)}, for what others deploy.
     *
     * @param previews where revisions come from that a request asks for
     * @param settings how it runs
     */
    public static Gateway open(ServerSettings settings, Previews previews) {
        return new Gateway(settings, Main.open(settings, previews));
    }

    /**
     * Serves an app, in the place of the app of the same name if there is one. Takes from
     * milliseconds to many seconds; blocks. Requests are served on meanwhile, and none is dropped
     * by the change.
     *
     * @param app the app
     * @return its routes, or every problem
     */
    public DeployResult deploy(AppSource app) {
        return deploy(List.of(app));
    }

    /**
     * Serves several apps from the same moment on, each in the place of the app of the same name:
     * all of them or, if any is refused, none. Blocks.
     *
     * @param apps each name once
     * @return their routes, or every problem
     */
    public DeployResult deploy(List<AppSource> apps) {
        return parts.deployer().deploy(List.copyOf(apps));
    }

    /**
     * Loads a revision beside what is served, and asks its own {@code check} requests about it.
     * Takes from milliseconds to many seconds; blocks. Several may be prepared at once.
     *
     * @param app the revision
     * @return the revision, to be served or closed; or every problem
     */
    public Preparation prepare(AppRevision app) {
        return switch (parts.preparer().prepare(List.of(app))) {
            case Parsed.Valid<List<LoadedApp>>(List<LoadedApp> apps) ->
                    new Preparation.Prepared(
                            apps.getFirst(), apps.getFirst().routes(), apps.getFirst().warnings());
            case Parsed.Invalid<List<LoadedApp>>(List<Problem> problems) ->
                    new Preparation.Refused(problems);
        };
    }

    /**
     * {@return the app's routes, or every problem} As {@link #serve(List)}.
     *
     * @param traffic who answers the app from now on
     */
    public ServeResult serve(AppTraffic traffic) {
        return serve(List.of(traffic));
    }

    /**
     * {@return their routes, or every problem} Gives the requests of apps to prepared revisions
     * from the next request on, in the place of those that had them: of all apps or, if any is
     * refused, of none. No request is dropped by the change or sees two revisions; a revision that
     * is in no share any more lets its requests end and is closed. Its time grows with the routes
     * of all apps: serve many apps together.
     *
     * @param traffics each app once
     */
    public ServeResult serve(List<AppTraffic> traffics) {
        return parts.live().serve(List.copyOf(traffics));
    }

    /**
     * {@return false if there is no such app} Serves it no more; its requests under way end first.
     *
     * @param app the app's name
     */
    public boolean withdraw(String app) {
        return parts.live().withdraw(app);
    }

    /**
     * Counts what a revision answered, while the app's requests were shared: a revision that has
     * all of them is not counted. The counts go on as long as it stays prepared.
     *
     * @param app the app's name
     * @param revision its number
     * @return answers by status, every key; all 0 for a revision that is not served
     */
    public Map<StatusClass, Long> answers(String app, long revision) {
        return parts.live().answers(app, revision);
    }

    /**
     * Says in {@code /.well-known/mayfly/health} what the server lacks while it serves.
     *
     * @param reasons a word or two each, seen by anybody; empty when it lacks nothing
     */
    public void degraded(Set<String> reasons) {
        parts.phase().degrade(reasons);
    }

    /**
     * {@return the address, or why there is none} Takes the port, once; blocks until it listens.
     */
    public Binding listen() {
        warnOfAnAddressForNothing();
        Binding binding = parts.listener().listen();
        if (binding instanceof Binding.Bound) {
            parts.phase().becomeReady();
        }
        return binding;
    }

    /** {@return where requests come in over TLS, once it listens; nothing without tls.listen} */
    public Optional<ServerSettings.Address> tlsAddress() {
        return settings.transport().tlsListen().map(at -> parts.listener().address(1));
    }

    private synchronized void warnOfAnAddressForNothing() {
        if (admin == null) {
            settings.adminListen()
                    .ifPresent(at ->
                            LOG.warn("admin_listen {}: only mayfly server listens there", at));
        }
    }

    /**
     * Takes the port of {@code admin_listen} and has what comes there answered; blocks until
     * requests come in. Before {@link #listen()}, once only.
     *
     * @param handler answers
     * @return the address, or why it cannot be had
     * @throws IllegalStateException when the settings have no {@code admin_listen}
     */
    public synchronized Binding administer(AdminHandler handler) {
        ServerSettings.Address at =
                settings.adminListen()
                        .orElseThrow(() -> new IllegalStateException("admin_listen is not set"));
        AdminListener opened = parts.administer(settings, at, handler);
        admin = opened;
        return opened.listen();
    }

    /** {@return the version of this build} */
    public static String version() {
        return Version.current();
    }

    /** {@return what its functions logged lately} */
    public GuestLogs logs() {
        return parts.logs();
    }

    /** {@return the newest requests to its functions} */
    public Activations activations() {
        return parts.activations();
    }

    /** {@return all routes that are served} */
    public List<RouteRow> routes() {
        return parts.live().rows();
    }

    /** {@return what it holds and did so far} */
    public GatewayStats stats() {
        return parts.survey().stats();
    }

    /** {@return OpenMetrics text of every meter, as docs/metrics.md lists them} */
    public String metrics() {
        return metrics(MetricsText.OPEN_METRICS).text();
    }

    /**
     * {@return the same, as the older text of Prometheus where {@code accept} has no OpenMetrics}
     *
     * @param accept as the field {@code Accept} has it
     */
    public MetricsText metrics(String accept) {
        return parts.survey().metrics(accept);
    }

    /** {@return whether requests are served, and it does not go down} */
    public boolean ready() {
        return parts.phase().ready();
    }

    /** {@return its Kafka triggers; empty when it has no brokers} */
    public Optional<Events> events() {
        return parts.events();
    }

    /** {@return what its functions hold and did, for people} */
    public StatsTable functions() {
        return parts.survey().table();
    }

    /** {@return what its functions do now, for who looks again and again} */
    public FunctionWatch watch() {
        return parts.watch();
    }

    /**
     * Goes down in order: reports that it is not ready, serves on for {@code drain_delay}, takes no
     * more connections (and after a delay gives those there are a second to ask once more), lets
     * running requests finish within {@code drain_timeout}, closes everything. Blocks; a second
     * call waits for the first.
     */
    public void stop() {
        stop(() -> {});
    }

    private synchronized void stop(Runnable drained) {
        if (stopped) {
            return;
        }
        parts.phase().becomeUnready();
        try {
            Thread.sleep(settings.drain().delay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts wants it sooner
        }
        parts.phase().drain();
        parts.logs().end();
        parts.listener().turnAway(settings.drain());
        shutdown(settings.drain().timeout());
        drained.run();
        close();
    }

    /** Both listeners and the events at once, so that none has less than the whole time. */
    private void shutdown(Duration timeout) {
        @Nullable AdminListener second = admin;
        CompletableFuture<Void> administered =
                second == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(() -> second.shutdown(timeout));
        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(() -> parts.drainEvents(timeout));
        parts.listener().shutdown(timeout);
        CompletableFuture.allOf(administered, drained).join();
    }

    /**
     * From now on the first SIGTERM or SIGINT ends {@link #runUntilSignal}, and a second one the
     * process, at once, with 128 and the signal's number. To be called before whoever might send
     * one can know that the server listens.
     */
    public synchronized void takeSignals() {
        if (signals == null) {
            signals = new Signals();
        }
    }

    /**
     * Runs {@code report} each time SIGUSR1 comes, from now on to the end of the process.
     *
     * @param report takes little time
     * @return false where there is no such signal, or it cannot be taken
     */
    public static boolean onReportSignal(Runnable report) {
        return Signals.take("USR1", report);
    }

    /**
     * {@linkplain #takeSignals() Takes signals}, blocks until the first, then {@linkplain #stop()
     * stops}; the caller exits with 0.
     *
     * @param drained run after the last request, while functions can still be asked what they did
     */
    public void runUntilSignal(Runnable drained) {
        takeSignals();
        try {
            taken().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop(drained);
    }

    private synchronized Signals taken() {
        return Objects.requireNonNull(signals, "takeSignals was called");
    }

    /** Closes everything at once; running requests are broken off. */
    @Override
    public synchronized void close() {
        if (!stopped) {
            stopped = true;
            if (admin != null) {
                admin.close();
            }
            parts.close();
        }
    }

    /**
     * Loads a module as {@code mayfly up} would, runs {@code GET /} once and tells what it is made
     * of; of a module that does not load, why and what could be seen. Blocks.
     *
     * @param app what it is part of
     * @param function its name; its source is a file
     * @param settings what guests may use
     * @return what was found
     */
    public static Inspection inspect(AppSource app, String function, ServerSettings settings) {
        return new Inspector(app, function).inspect(Main.runtime(settings.guests()).trusting());
    }
}
