package dev.mayfly.gateway;

import dev.mayfly.gateway.Crowd.Latest;
import dev.mayfly.http.RateLimitStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A route with a rate limit, as meters tell it apart.
 *
 * @param app the app's name
 * @param route the route as written
 */
record LimitedRoute(String app, String route) {
    /**
     * What came of its requests.
     *
     * @param passed requests within the limit
     * @param refused requests beyond it
     * @param callers that are remembered
     */
    record Passage(long passed, long refused, long callers) {
        Passage plus(Passage more) {
            return new Passage(
                    passed + more.passed, refused + more.refused, callers + more.callers);
        }
    }

    /** By route; routes of one app that are written alike, for other hosts, are added up. */
    static Map<LimitedRoute, Passage> of(List<RateLimitStats> limits) {
        Map<LimitedRoute, Passage> routes = new HashMap<>();
        for (RateLimitStats limit : limits) {
            routes.merge(
                    new LimitedRoute(limit.app(), limit.route()),
                    new Passage(limit.passed(), limit.refused(), limit.callers()),
                    Passage::plus);
        }
        return routes;
    }

    void bind(Binder<Latest<Passage>> binder) {
        String[] tags = {"app", app, "route", route};
        binder.count(
                "mayfly.rate.limit.passed",
                "Requests within the rate limit of their route.",
                latest -> latest.value().passed(),
                tags);
        binder.count(
                "mayfly.rate.limit.limited",
                "Requests that were answered 429 for the rate limit of their route.",
                latest -> latest.value().refused(),
                tags);
        binder.gauge(
                "mayfly.rate.limit.callers",
                "",
                "Callers that a rate limit remembers.",
                latest -> latest.value().callers(),
                tags);
    }
}
