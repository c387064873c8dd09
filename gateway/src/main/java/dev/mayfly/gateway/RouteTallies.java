package dev.mayfly.gateway;

import dev.mayfly.http.RouteNote;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long requests took, by route. Each event loop counts in cells of its own, which it finds by
 * the identity of the route's note: no request waits for another, and no name is hashed.
 *
 * <pre>
 *   loop 1: note ─► cell ─┐
 *   loop 2: note ─► cell ─┴─► the route's cells, added up at each look
 * </pre>
 */
final class RouteTallies {
    /** Routes that are counted; requests of the others are in the totals only. */
    static final int MOST_ROUTES = 10_000;

    /** Notes that a loop knows by identity: a deploy makes new ones, and the old are let go. */
    private static final int KNOWN = 4096;

    private final Map<Key, Map<Sheet, RouteCell>> routes = new ConcurrentHashMap<>();

    /**
     * A route, as meters tell it apart.
     *
     * @param app the app's name
     * @param revision the app's
     * @param route the route as written
     * @param function what runs, empty if none does
     */
    record Key(String app, long revision, String route, String function)
            implements Comparable<Key> {
        static Key of(RouteNote note) {
            return new Key(
                    note.app(),
                    note.revision(),
                    note.route(),
                    note.function().map(id -> id.function()).orElse(""));
        }

        @Override
        public int compareTo(Key other) {
            int byApp = app.compareTo(other.app);
            int byRoute = byApp == 0 ? route.compareTo(other.route) : byApp;
            int byRevision = byRoute == 0 ? Long.compare(revision, other.revision) : byRoute;
            return byRevision == 0 ? function.compareTo(other.function) : byRevision;
        }
    }

    /**
     * What a route's requests came to.
     *
     * @param counts by status and bucket
     * @param nanos by status, of all of them together
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Times(long[][] counts, long[] nanos) {
        private static Times of(Collection<RouteCell> cells) {
            Times times = new Times(RouteCell.none(), new long[StatusClass.values().length]);
            cells.forEach(cell -> cell.addTo(times.counts, times.nanos));
            return times;
        }
    }

    /**
     * A route as one event loop knows it.
     *
     * @param key the route
     * @param cell where that loop counts
     */
    record Known(Key key, RouteCell cell) {}

    /** What one event loop counts; that loop's own. */
    final class Sheet {
        private final IdentityHashMap<RouteNote, Known> notes = new IdentityHashMap<>();

        Known known(RouteNote note) {
            @Nullable Known known = notes.get(note);
            return known == null ? meet(note) : known;
        }

        private Known meet(RouteNote note) {
            if (notes.size() >= KNOWN) {
                notes.clear();
            }
            Key key = Key.of(note);
            Known known = new Known(key, cell(key));
            notes.put(note, known);
            return known;
        }

        private RouteCell cell(Key key) {
            return routes.size() < MOST_ROUTES || routes.containsKey(key)
                    ? routes.computeIfAbsent(key, _ -> new ConcurrentHashMap<>())
                            .computeIfAbsent(this, _ -> new RouteCell())
                    : new RouteCell(); // that nobody reads
        }
    }

    Sheet sheet() {
        return new Sheet();
    }

    /** What is counted of the routes that are {@code served}; forgets others. */
    Map<Key, Times> times(Predicate<Key> served) {
        routes.keySet().removeIf(key -> !served.test(key));
        Map<Key, Times> times = new TreeMap<>();
        routes.forEach((key, cells) -> times.put(key, Times.of(cells.values())));
        return times;
    }
}
