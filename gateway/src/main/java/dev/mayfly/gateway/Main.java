package dev.mayfly.gateway;

import dev.mayfly.http.Compression;
import dev.mayfly.http.HttpSettings;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RequestLog;
import dev.mayfly.http.RevisionFinder;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.RuntimeSettings;
import io.netty.util.AsciiString;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring: every part of a server, each given what it needs; closed in reverse. */
final class Main implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final Optional<StoredLines> stored;
    private final KeptLines kept;
    private final LogWriter log;
    private final Journal journal;
    private final ExecutorService blocking;
    private final Phase phase;
    private final Traffic traffic;
    private final SpoolFolder spool;
    private final GuestRuntime guests;
    private final HttpTrigger trigger;
    private final BookShelf books;
    private final SpanSink spans;
    private final Optional<KafkaEvents> events;
    private final LiveApps live;
    private final Optional<Events> desk;
    private final Preparer preparer;
    private final Deployer deployer;
    private final Serving serving;
    private final Survey survey;
    private final Lookout lookout;

    /** Its classes take long to load; an app's functions load meanwhile. */
    private final CompletableFuture<Listener> listener;

    /** For what others deploy. */
    static Main open(ServerSettings settings, Previews previews) {
        return new Main(settings, runtime(settings.guests()), previews);
    }

    /** For what whoever runs this has written: nobody is to be kept from hurting themselves. */
    static Main trusting(ServerSettings settings) {
        return new Main(settings, runtime(settings.guests()).trusting(), Previews.NONE);
    }

    private Main(ServerSettings settings, RuntimeSettings runtime, Previews previews) {
        stored = stored(settings.logs().stored());
        kept = new KeptLines(settings.logs().kept(), stored);
        log = new LogWriter(LogForm.of(settings.logs().format()), standardOutput(), kept::take);
        journal = new Journal(log, settings.logs().access());
        blocking = Executors.newVirtualThreadPerTaskExecutor();
        phase = new Phase(this::lacking);
        traffic = new Traffic();
        spool = new SpoolFolder(settings.spool());
        guests = GuestRuntime.start(runtime, journal);
        trigger = new HttpTrigger(http(settings), journal, finder(previews));
        books = books(settings);
        spans = spans(settings.tracing());
        events = settings.kafka().map(this::events);
        live = new LiveApps(trigger, apps -> events.ifPresent(kafka -> kafka.serve(apps)));
        desk =
                events.flatMap(kafka ->
                        settings.kafka().map(its -> new EventDesk(kafka, live, its.topics())));
        AppLoader loader = new AppLoader(guests, trigger, blocking);
        preparer =
                new Preparer(
                        loader,
                        live,
                        trigger,
                        guests,
                        settings.limits(),
                        new EventRules(settings.kafka())::refusals);
        deployer = new Deployer(preparer, live);
        serving = serving(settings);
        listener = CompletableFuture.supplyAsync(() -> listener(settings, serving), blocking);
        survey =
                new Survey(
                        guests,
                        live,
                        new Survey.Triggers(trigger, this::triggers),
                        serving,
                        settings.metrics().functions(),
                        this::listener);
        lookout = new Lookout(guests, live, System::nanoTime);
    }

    /** Functions are served without it too. */
    private static Optional<StoredLines> stored(ServerSettings.Stored settings) {
        if (settings.folder().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredLines(settings.folder().get(), settings.bytes()));
        } catch (IOException e) {
            LOG.warn("logs.folder {}: log lines are not kept there", settings.folder().get(), e);
            return Optional.empty();
        }
    }

    private static BookShelf books(ServerSettings settings) {
        return new BookShelf(
                settings.activations(),
                settings.connections().eventLoops(),
                settings.kafka().isPresent());
    }

    private KafkaEvents events(KafkaSettings settings) {
        EventBook book = new EventBook(books.events(), spans);
        return KafkaEvents.open(settings, journal, book, guests::wake);
    }

    /** What is off costs nothing: not even its classes are loaded. */
    private static SpanSink spans(ServerSettings.Tracing settings) {
        return settings.endpoint().isEmpty()
                ? SpanSink.OFF
                : new OtlpSpans(settings.endpoint().get(), settings.ratio());
    }

    private Serving serving(ServerSettings settings) {
        return new Serving(
                new BodyIntake.Place(spool, blocking, settings.connections().bodyTimeout()),
                settings.connections(),
                journal,
                traffic,
                books,
                spans,
                blocking,
                phase,
                proxies(settings));
    }

    private Set<String> lacking() {
        return events.stream().allMatch(KafkaEvents::reachable) ? Set.of() : Set.of(Events.AWAY);
    }

    private List<TriggerRow> triggers() {
        return desk.map(Events::triggers).orElse(List.of());
    }

    /** Empty without brokers. */
    Optional<Events> events() {
        return desk;
    }

    /** Takes no more records and lets those under way end; blocks. */
    void drainEvents(Duration timeout) {
        events.ifPresent(kafka -> kafka.drain(timeout));
    }

    private Listener listener(ServerSettings settings, Serving serving) {
        return new Listener(ports(settings), serving, Entrance.of(trigger), guests::wake);
    }

    static List<ListenPort> ports(ServerSettings settings) {
        List<ListenPort> ports = new ArrayList<>();
        ports.add(ListenPort.plain(settings.listen()));
        settings.transport()
                .tlsListen()
                .ifPresent(at -> ports.add(ListenPort.of(at, settings.transport().tls())));
        return ports;
    }

    static ProxyHeaders proxies(ServerSettings settings) {
        return settings.transport().proxyProtocol()
                ? new ProxyHeaders(HttpTrigger.trusting(settings.trustedProxies()))
                : ProxyHeaders.NONE;
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
                guests.cache().maxBytes(),
                guests.objects(),
                guests.linger());
    }

    /** One that tells what it makes of its settings, and serves nobody. */
    static HttpTrigger trigger(List<String> trustedProxies, RequestLog log) {
        HttpSettings settings = http(trustedProxies, 1, Optional.empty(), Compression.OFF);
        return new HttpTrigger(settings, log, RevisionFinder.NONE);
    }

    static HttpSettings http(ServerSettings settings) {
        return http(
                settings.trustedProxies(),
                settings.rateLimitCallers(),
                settings.previewDomain(),
                settings.transport().compression());
    }

    private static HttpSettings http(
            List<String> trustedProxies,
            int callers,
            Optional<String> previewDomain,
            Compression compression) {
        return new HttpSettings(
                "Mayfly/" + Version.current(),
                trustedProxies,
                callers,
                previewDomain,
                compression,
                AsciiString::of);
    }

    private static RevisionFinder finder(Previews previews) {
        return wish ->
                previews.find(
                                new PreviewWish(
                                        wish.app(), wish.revision(), wish.token(), wish.byHost()))
                        .thenApply(found -> found.map(app -> LoadedApp.of(app).table()));
    }

    Deployer deployer() {
        return deployer;
    }

    Preparer preparer() {
        return preparer;
    }

    LiveApps live() {
        return live;
    }

    Listener listener() {
        return listener.join();
    }

    /** A second listener, for those who administer. */
    AdminListener administer(
            ServerSettings settings, ServerSettings.Address at, AdminHandler handler) {
        return AdminListener.beside(serving, settings, at, handler);
    }

    KeptLines logs() {
        return kept;
    }

    Activations activations() {
        return new Replays(books, trigger, guests::wake);
    }

    Phase phase() {
        return phase;
    }

    Survey survey() {
        return survey;
    }

    FunctionWatch watch() {
        return lookout;
    }

    @Override
    public void close() {
        listener().close();
        events.ifPresent(KafkaEvents::close);
        spans.close();
        live.close();
        guests.close();
        blocking.shutdownNow();
        log.close();
        stored.ifPresent(Main::close);
    }

    private static void close(StoredLines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            LOG.warn("the last log lines may not be kept", e);
        }
    }
}
