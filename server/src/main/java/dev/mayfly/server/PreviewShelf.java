package dev.mayfly.server;

import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.PreviewWish;
import dev.mayfly.gateway.Previews;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Revision;
import dev.mayfly.registry.TokenCheck;
import dev.mayfly.registry.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revisions that somebody looks at before they are served: prepared at the first request, kept for
 * a while, few at a time. A preview is asked for by people, so each request may ask the database
 * whether the token still holds and the app's variables are still those it was prepared with.
 */
final class PreviewShelf implements Previews, AutoCloseable {
    /** Previews at once; the one that was looked at longest ago makes room. */
    static final int MOST = 16;

    static final Duration IDLE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(PreviewShelf.class);

    private final Registry registry;
    private final Preparer preparer;
    private final Executor blocking;
    private final LongSupplier clock;

    /** In the order of their last use; guarded by this. */
    private final Map<Place, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** Being prepared. */
    private final Map<Place, CompletableFuture<Optional<PreparedApp>>> making =
            new ConcurrentHashMap<>();

    PreviewShelf(Registry registry, Preparer preparer, Executor blocking, LongSupplier clock) {
        this.registry = registry;
        this.preparer = preparer;
        this.blocking = blocking;
        this.clock = clock;
    }

    /** Which revision. */
    private record Place(String app, long revision) {}

    /**
     * A prepared revision.
     *
     * @param version of the app, its variables included
     * @param usedNanos when it was last asked for
     */
    private record Kept(PreparedApp app, long version, long usedNanos) {
        boolean fits(AppState state) {
            return version == state.version() && !app.closed();
        }
    }

    @Override
    public CompletionStage<Optional<PreparedApp>> find(PreviewWish wish) {
        return CompletableFuture.supplyAsync(() -> look(wish), blocking);
    }

    private Optional<PreparedApp> look(PreviewWish wish) {
        try {
            return allows(wish) ? present(wish) : Optional.empty();
        } catch (UnavailableException e) {
            LOG.warn("no preview of {}: {}", wish.revision(), e.getMessage());
            return Optional.empty();
        }
    }

    /** A preview domain is set by whoever runs the server, so that its hosts need no token. */
    private boolean allows(PreviewWish wish) {
        return wish.byHost()
                || (wish.token().isPresent()
                        && registry.tokens().check(wish.token().get())
                                instanceof TokenCheck.Valid(var token)
                        && token.mayRead(wish.app()));
    }

    private Optional<PreparedApp> present(PreviewWish wish) {
        Optional<AppState> state = registry.apps().find(wish.app());
        if (state.isEmpty() || wish.revision() != (int) wish.revision()) {
            return Optional.empty();
        }
        Place place = new Place(wish.app(), wish.revision());
        PreparedApp found = recall(place, state.get());
        return found != null ? Optional.of(found) : prepare(place, state.get());
    }

    private synchronized @Nullable PreparedApp recall(Place place, AppState state) {
        Kept there = kept.get(place);
        if (there == null || !there.fits(state)) {
            return null;
        }
        kept.put(place, new Kept(there.app(), there.version(), clock.getAsLong()));
        return there.app();
    }

    /** Of many who ask at once for what is not there, one prepares it. */
    private Optional<PreparedApp> prepare(Place place, AppState state) {
        CompletableFuture<Optional<PreparedApp>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<PreparedApp>> others = making.putIfAbsent(place, mine);
        if (others != null) {
            return others.join();
        }
        try {
            mine.complete(load(place, state));
        } finally {
            mine.complete(Optional.empty()); // without effect unless the load failed
            making.remove(place, mine);
        }
        return mine.join();
    }

    private Optional<PreparedApp> load(Place place, AppState state) {
        Optional<Revision> revision = registry.apps().revision(place.app(), (int) place.revision());
        if (revision.isEmpty()) {
            return Optional.empty();
        }
        try {
            return load(place, revision.get(), state);
        } catch (IOException e) {
            LOG.warn("no preview of {} {}", place.app(), place.revision(), e);
            return Optional.empty();
        }
    }

    private Optional<PreparedApp> load(Place place, Revision revision, AppState state)
            throws IOException {
        Map<String, String> values = registry.variables().forRun(place.app());
        return switch (preparer.prepare(revision, values)) {
            case Parsed.Valid<LoadedRevision>(LoadedRevision ready) ->
                    Optional.of(keep(place, ready.app(), state));
            case Parsed.Invalid<LoadedRevision>(List<Problem> problems) -> {
                LOG.warn("no preview of {} {}: {}", place.app(), place.revision(), problems);
                yield Optional.empty();
            }
        };
    }

    private synchronized PreparedApp keep(Place place, PreparedApp made, AppState state) {
        Kept before = kept.put(place, new Kept(made, state.version(), clock.getAsLong()));
        if (before != null) {
            before.app().close();
        }
        makeRoom();
        return made;
    }

    private void makeRoom() {
        Iterator<Kept> oldest = kept.values().iterator();
        while (kept.size() > MOST) {
            oldest.next().app().close();
            oldest.remove();
        }
    }

    /** Lets go what nobody has looked at for a while; now and then. */
    synchronized void tidy() {
        long now = clock.getAsLong();
        kept.values()
                .removeIf(each -> {
                    boolean idle = now - each.usedNanos() > IDLE.toNanos();
                    if (idle) {
                        each.app().close();
                    }
                    return idle;
                });
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(each -> each.app().close());
        kept.clear();
    }
}
