package dev.mayfly.gateway;

import dev.mayfly.http.HttpSettings;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RequestLog;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.RuntimeSettings;
import io.netty.util.AsciiString;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The wiring: every part of a server, each given what it needs; closed in reverse. */
final class Main implements AutoCloseable {
    private final KeptLines kept;
    private final LogWriter log;
    private final Journal journal;
    private final ExecutorService blocking;
    private final Phase phase;
    private final Traffic traffic;
    private final SpoolFolder spool;
    private final GuestRuntime guests;
    private final HttpTrigger trigger;
    private final Deployer deployer;
    private final Serving serving;
    private final Survey survey;

    /** Its classes take long to load; an app's functions load meanwhile. */
    private final CompletableFuture<Listener> listener;

    Main(ServerSettings settings) {
        kept = new KeptLines(settings.logs().kept());
        log = new LogWriter(LogForm.of(settings.logs().format()), standardOutput(), kept::take);
        journal = new Journal(log, settings.logs().access());
        blocking = Executors.newVirtualThreadPerTaskExecutor();
        phase = new Phase();
        traffic = new Traffic();
        spool = new SpoolFolder(settings.spool());
        guests = GuestRuntime.start(runtime(settings.guests()), journal);
        trigger = trigger(settings.trustedProxies(), settings.rateLimitCallers(), journal);
        deployer = new Deployer(guests, trigger, settings.limits(), blocking);
        serving =
                new Serving(
                        new BodyIntake.Place(spool, blocking, settings.connections().bodyTimeout()),
                        settings.connections(),
                        journal,
                        traffic,
                        blocking,
                        phase);
        listener = CompletableFuture.supplyAsync(() -> listener(settings, serving), blocking);
        survey =
                new Survey(
                        guests,
                        deployer,
                        trigger,
                        serving,
                        settings.meteredFunctions(),
                        this::listener);
    }

    private Listener listener(ServerSettings settings, Serving serving) {
        return new Listener(settings.listen(), serving, Entrance.of(trigger), guests::wake);
    }

    private static FileOutputStream standardOutput() {
        return new FileOutputStream(FileDescriptor.out);
    }

    static RuntimeSettings runtime(ServerSettings.Guests guests) {
        return new RuntimeSettings(
                guests.threads(),
                guests.maxBlocked(),
                guests.memoryBudget(),
                guests.cache().folder(),
                guests.cache().maxBytes());
    }

    /** One that tells what it makes of its settings, and serves nobody. */
    static HttpTrigger trigger(List<String> trustedProxies, RequestLog log) {
        return trigger(trustedProxies, 1, log);
    }

    private static HttpTrigger trigger(List<String> trustedProxies, int callers, RequestLog log) {
        return new HttpTrigger(
                new HttpSettings(
                        "Mayfly/" + Version.current(), trustedProxies, callers, AsciiString::of),
                log);
    }

    Deployer deployer() {
        return deployer;
    }

    Listener listener() {
        return listener.join();
    }

    /** A second listener, for those who administer. */
    AdminListener administer(
            ServerSettings settings, ServerSettings.Address at, AdminHandler handler) {
        return AdminListener.beside(serving, settings, at, handler);
    }

    GuestLogs logs() {
        return kept;
    }

    Phase phase() {
        return phase;
    }

    Survey survey() {
        return survey;
    }

    @Override
    public void close() {
        listener().close();
        deployer.close();
        guests.close();
        blocking.shutdownNow();
        log.close();
    }
}
