package dev.mayfly.http;

import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.RateLimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rate limits of one table. Every deploy of any app makes a new table, so a limit is handed on
 * from table to table: as long as a route keeps its place and its limit, its callers keep what they
 * used up. Belongs to the thread that serves a table, and is only read once that is done.
 */
final class Throttles {
    private final Function<RateLimit, Throttle> making;
    private final Map<Policy, Throttle> before;
    private final Map<Policy, Throttle> present = new LinkedHashMap<>();

    /**
     * What makes two limits the same. One {@code [[trigger.http]]} has one, its sub-routes
     * included.
     */
    private record Policy(
            String app, String route, List<String> hosts, List<String> methods, RateLimit limit) {
        static Policy of(String app, HttpRoute route, RateLimit limit) {
            return new Policy(app, route.route().text(), route.hosts(), route.methods(), limit);
        }
    }

    private Throttles(Function<RateLimit, Throttle> making, Map<Policy, Throttle> before) {
        this.making = making;
        this.before = before;
    }

    static Throttles none(Function<RateLimit, Throttle> making) {
        return new Throttles(making, Map.of());
    }

    /** {@return an empty one for the next table, which takes from this what stays} */
    Throttles next() {
        return new Throttles(making, present);
    }

    Optional<Throttle> of(PlannedRoute planned) {
        HttpRoute route = planned.route();
        return route.rateLimit().map(limit -> of(Policy.of(planned.appName(), route, limit)));
    }

    private Throttle of(Policy policy) {
        return present.computeIfAbsent(
                policy,
                wanted -> {
                    Throttle kept = before.get(wanted);
                    return kept == null ? making.apply(wanted.limit()) : kept;
                });
    }

    List<RateLimitStats> stats() {
        return present.entrySet().stream()
                .map(each -> each.getValue().stats(each.getKey().app(), each.getKey().route()))
                .toList();
    }
}
