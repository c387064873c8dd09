package dev.mayfly.server;

import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.PeerTrust;
import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.PreviewWish;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring, read from top to bottom; closed in reverse. */
final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /** Apps brought up to date at once: more would wait for the registry's connections. */
    private static final int AT_ONCE = 8;

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration CANARY_PAUSE = Duration.ofSeconds(1);
    private static final Duration STATE_PAUSE = Duration.ofSeconds(1);

    private final DataFolder data;
    private final ServerSettings.Metrics metrics;
    private final ExecutorService threads;
    private final Registry registry;
    private final Gateway gateway;
    private final PreviewShelf previews;
    private final Replica replica;
    private final LocalStanding standing;
    private final Others others;
    private final Beats beats;
    private final CanarySteps canaries;
    private final Household household;
    private final LateApi api;
    private final List<Round> rounds = new ArrayList<>();

    /** Takes the registry over, also when it fails. */
    static ControlPlane of(ServerSettings settings, DataFolder data, Registry registry)
            throws IOException {
        try {
            return new ControlPlane(settings, data, registry);
        } catch (IOException | RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private ControlPlane(ServerSettings settings, DataFolder data, Registry registry)
            throws IOException {
        this.data = data;
        metrics = settings.metrics();
        this.registry = registry;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        gateway = Gateway.open(settings, this::preview);
        ArtifactCache artifacts = new ArtifactCache(data.folder("artifacts"), registry);
        Layouts layouts = new Layouts(data.folder("apps"), artifacts);
        Preparer preparer = new Preparer(layouts, gateway);
        previews = new PreviewShelf(registry, preparer, threads, System::nanoTime);
        LastKnown known = new LastKnown(data.folder("known"), registry.seals());
        Semaphore slots = new Semaphore(AT_ONCE);
        replica =
                new Replica(
                        registry,
                        known,
                        self ->
                                new TrackParts(
                                        gateway,
                                        preparer,
                                        known,
                                        self.truth(),
                                        threads,
                                        slots,
                                        self::switched));
        standing = new LocalStanding(gateway, registry, replica);
        others =
                new Others(
                        new Self(settings),
                        new Peers(new PeerTrust(settings.transport().adminTls())));
        beats = new Beats(others.self(), registry, gateway, replica);
        canaries = new CanarySteps(registry);
        household = new Household(registry, layouts, artifacts, replica::folders);
        Deploys deploys = new DeploySteps(registry, preparer, replica, standing);
        Switches switches = new LocalSwitches(registry, preparer, replica);
        api = new LateApi(() -> api(deploys, switches));
    }

    private CompletionStage<Optional<PreparedApp>> preview(PreviewWish wish) {
        return previews.find(wish);
    }

    private AdminApi api(Deploys deploys, Switches switches) {
        BootstrapToken.ensure(registry.tokens(), data.root());
        return new AdminApi(
                new AdminParts(
                        registry,
                        deploys,
                        switches,
                        standing,
                        new StoredCanaries(registry.rollouts()),
                        Observed.of(gateway, previews, metrics),
                        others,
                        gateway.events()));
    }

    /** Serves what is live; blocks until it is, or is known not to be. */
    void begin() {
        replica.start(START_PATIENCE);
    }

    /** From now on this server has its place among the others. */
    void join(ServerSettings.Address address) {
        beats.listensAt(address);
        announce();
        standing.listensAt(address);
        rounds.add(Round.every(STATE_PAUSE, "server-state", this::tell));
        rounds.add(Round.every(CANARY_PAUSE, "server-canaries", canaries));
        rounds.add(Round.every(Household.HERE, "server-tidy", this::tidy));
        rounds.add(Round.every(Household.SWEEP, "server-sweep", household::sweep));
    }

    /** Before it is ready: who deploys from then on waits for this server too. */
    private void announce() {
        try {
            if (!replica.isAway()) {
                beats.beat();
            }
        } catch (UnavailableException e) {
            LOG.debug("nobody hears yet that this gateway is there", e);
        }
    }

    private void tell() {
        gateway.degraded(standing.degraded());
        beats.beat();
    }

    private void tidy() {
        previews.tidy();
        household.tidy();
    }

    Binding administer() {
        makeFirstToken();
        Binding binding = gateway.administer(new Console(api));
        if (binding instanceof Binding.Bound(ServerSettings.Address at)) {
            others.self().administersAt(at);
        }
        return binding;
    }

    /** Before anybody can be told to read it; later, when the database is away now. */
    private void makeFirstToken() {
        try {
            BootstrapToken.ensure(registry.tokens(), data.root());
        } catch (UnavailableException e) {
            LOG.debug("no first token yet", e);
        }
    }

    Gateway gateway() {
        return gateway;
    }

    Path folder() {
        return data.root();
    }

    @Override
    public void close() throws IOException {
        rounds.forEach(Round::close);
        canaries.close();
        leave();
        others.peers().close();
        replica.close();
        previews.close();
        gateway.close();
        registry.close();
        threads.shutdownNow();
        data.close();
    }

    private void leave() {
        try {
            if (!replica.isAway()) {
                beats.leave();
            }
        } catch (UnavailableException e) {
            LOG.debug("nobody hears that this gateway goes", e);
        }
    }
}
