package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Change;
import dev.mayfly.registry.Following;
import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.LiveState;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.UnavailableException;
import dev.mayfly.registry.Watcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this gateway to what the registry says, one {@link AppTrack} for each app.
 *
 * <pre>
 *   start ─► is the registry there? ── no ─► serve what the disk remembers ─► ask again, and again
 *                    │ yes                                                         │ there
 *                    ▼                                                             ▼
 *              look at everything once, follow from its number ◄───────────────────┘
 * </pre>
 *
 * From then on the registry tells the changes. While it does not answer, what is served is served
 * on; tracks that need it wait.
 */
final class Replica implements Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Registry registry;
    private final LastKnown known;
    private final Function<Replica, TrackParts> parts;
    private final Map<String, AppTrack> tracks = new ConcurrentHashMap<>();

    /** Asked by the tracks. */
    private volatile Truth truth;

    private volatile boolean isAway;

    /** Number of the last change that was told. */
    private volatile long heard;

    /** Guarded by this. */
    private @Nullable Following following;

    private @Nullable Round connecting;

    Replica(Registry registry, LastKnown known, Function<Replica, TrackParts> parts) {
        this.registry = registry;
        this.known = known;
        this.parts = parts;
        this.truth = known;
    }

    /** Returns when each app is served, or known not to be. */
    void start(Duration patience) {
        if (!connect()) {
            isAway = true;
            LOG.warn("the database does not answer: serving what was served last");
            known.names().forEach(app -> track(app).poke(1));
            begin();
        }
        long end = System.nanoTime() + patience.toNanos();
        for (AppTrack track : tracks.values()) {
            track.await(1, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    private synchronized void begin() {
        connecting = Round.every(RETRY, "server-connecting", this::reconnect);
    }

    private void reconnect() {
        if (isFollowing() || connect()) {
            stopConnecting();
        }
    }

    private synchronized boolean isFollowing() {
        return following != null;
    }

    private synchronized void stopConnecting() {
        if (connecting != null) {
            connecting.end();
        }
    }

    private boolean connect() {
        try {
            LiveState state = registry.apps().live();
            truth = new RegistryTruth(registry);
            isAway = false;
            catchUp(state);
            follow(state.number());
            return true;
        } catch (UnavailableException e) {
            LOG.debug("the database does not answer yet", e);
            return false;
        }
    }

    private synchronized void follow(long number) {
        following = registry.follow(number, this);
    }

    /** Everything that is not what it should be is looked at. */
    private void catchUp(LiveState state) {
        Map<String, Long> versions = new TreeMap<>();
        known.names().forEach(app -> versions.put(app, -1L));
        tracks.keySet().forEach(app -> versions.put(app, -1L));
        state.apps().stream()
                .map(LiveApp::state)
                .forEach(app -> versions.put(app.name(), app.version()));
        versions.forEach((app, version) -> {
            AppTrack track = track(app);
            if (track.served().version() != version || !track.problems().isEmpty()) {
                track.poke(Math.max(1, state.number()));
            }
        });
        heard = Math.max(heard, state.number());
    }

    @Override
    public void changed(List<Change> changes) {
        Map<String, Long> newest = new TreeMap<>();
        for (Change change : changes) {
            newest.put(change.subject().app(), change.number());
        }
        newest.remove("");
        newest.forEach((app, number) -> track(app).poke(number));
        heard = changes.getLast().number();
    }

    @Override
    public void missed(long number) {
        catchUp(registry.apps().live());
    }

    @Override
    public void lost() {
        isAway = true;
    }

    @Override
    public void regained() {
        isAway = false;
    }

    /** {@return the app's track; made if it has none} */
    AppTrack track(String app) {
        return tracks.computeIfAbsent(app, name -> new AppTrack(name, parts.apply(this)));
    }

    Optional<AppTrack> find(String app) {
        return Optional.ofNullable(tracks.get(app));
    }

    Collection<AppTrack> tracks() {
        return tracks.values();
    }

    Truth truth() {
        return app -> truth.now(app);
    }

    /** An app's routes changed: what waited for one of them is tried again. */
    void switched(String app) {
        tracks.values().stream()
                .filter(track -> !track.app().equals(app) && track.isBlocked())
                .forEach(AppTrack::again);
    }

    /**
     * Number of the last change of all that were dealt with, whether they could be served or not.
     */
    long applied() {
        long told = heard;
        long settled =
                tracks.values().stream().mapToLong(AppTrack::settled).min().orElse(Long.MAX_VALUE);
        return Math.min(told, settled);
    }

    boolean isAway() {
        return isAway;
    }

    List<Problem> problems(String app) {
        return find(app).map(AppTrack::problems).orElse(List.of());
    }

    boolean hasProblems() {
        return tracks.values().stream().anyMatch(track -> !track.problems().isEmpty());
    }

    Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        tracks.values().forEach(track -> folders.addAll(track.folders()));
        return folders;
    }

    @Override
    public void close() {
        stop();
        tracks.values().forEach(AppTrack::close);
    }

    private void stop() {
        @Nullable Round round;
        @Nullable Following feed;
        synchronized (this) {
            round = connecting;
            feed = following;
        }
        if (round != null) {
            round.close();
        }
        if (feed != null) {
            feed.close();
        }
    }
}
