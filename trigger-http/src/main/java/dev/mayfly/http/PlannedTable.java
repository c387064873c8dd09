package dev.mayfly.http;

import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes of all apps, without clashes, to be bound to the server that will serve them. */
final class PlannedTable implements RouteTable {
    private final List<PlannedApp> apps;
    private @Nullable Router previewed;
    private @Nullable Router unlimited;

    PlannedTable(List<PlannedApp> apps) {
        this.apps = List.copyOf(apps);
    }

    /**
     * {@return a router whose answers are rendered with the server's own text}
     *
     * @param throttles gives each route its rate limit, if it is to have one
     */
    Router bind(Wiring wiring, Function<PlannedRoute, Optional<Throttle>> throttles) {
        Router router = new Router();
        apps.forEach(app -> app.bindInto(router, wiring, throttles));
        return router;
    }

    /** {@return a router for previews, with rate limits of its own; bound once} */
    synchronized Router previewed(Wiring wiring, Throttles throttles) {
        Router bound = previewed;
        if (bound == null) {
            bound = bind(wiring, throttles::of);
            previewed = bound;
        }
        return bound;
    }

    /** {@return a router without rate limits; bound once} */
    synchronized Router unlimited(Wiring wiring) {
        Router bound = unlimited;
        if (bound == null) {
            bound = bind(wiring, _ -> Optional.empty());
            unlimited = bound;
        }
        return bound;
    }

    @Override
    public List<Row> rows() {
        List<Listed> listed = new ArrayList<>();
        for (PlannedApp app : apps) {
            for (PlannedApp.Share share : app.shares()) {
                for (PlannedRoute route : share.routes()) {
                    route.hosts().forEach(host -> listed.add(new Listed(host, route)));
                }
            }
        }
        return listed.stream().sorted(Listed.BEST_FIRST).map(Listed::row).distinct().toList();
    }

    private record Listed(String host, PlannedRoute route) {
        static final Comparator<Listed> BEST_FIRST =
                Comparator.comparingInt(Listed::hostRank)
                        .thenComparing(Listed::host)
                        .thenComparing(listed -> listed.route.pattern(), PlannedTable::compare);

        /** Exact hosts, then wildcards by length, then any. */
        private int hostRank() {
            if (host.equals("*")) {
                return Integer.MAX_VALUE;
            }
            return host.startsWith("*.") ? 1000 - host.length() : 0;
        }

        Row row() {
            return route.row(host);
        }
    }

    /** The first difference from the left decides: literal, then parameter, then {@code /...}. */
    static int compare(RoutePattern a, RoutePattern b) {
        int both = Math.min(a.segments().size(), b.segments().size());
        for (int i = 0; i < both; i++) {
            int difference = compare(a.segments().get(i), b.segments().get(i));
            if (difference != 0) {
                return difference;
            }
        }
        if (a.segments().size() != b.segments().size()) {
            return Integer.compare(b.segments().size(), a.segments().size());
        }
        return Boolean.compare(a.open(), b.open());
    }

    private static int compare(Segment a, Segment b) {
        return switch (a) {
            case Segment.Literal(String mine) ->
                    b instanceof Segment.Literal(String theirs) ? mine.compareTo(theirs) : -1;
            case Segment.Parameter _ -> b instanceof Segment.Parameter ? 0 : 1;
        };
    }
}
