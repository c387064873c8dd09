package dev.mayfly.http;

import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.SubRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the routes of all apps together; a host, pattern and method belongs to the first app. */
final class TableBuilder {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Place, List<PlannedRoute>> taken = new HashMap<>();

    /**
     * Where a route stands.
     *
     * @param host exact, wildcard or {@code *}
     * @param shape the pattern with its parameters' names left out
     */
    private record Place(String host, String shape) {
        static Place of(String host, RoutePattern pattern) {
            StringBuilder shape = new StringBuilder();
            for (Segment segment : pattern.segments()) {
                switch (segment) {
                    // A slash never stands in the escaped form, so that shapes stay apart.
                    case Segment.Literal(String text) ->
                            shape.append("/=").append(text.replace("/", "%2F"));
                    case Segment.Parameter _ -> shape.append("/:");
                }
            }
            return new Place(host, pattern.open() ? shape + "/..." : shape.toString());
        }
    }

    Parsed<RouteTable> build(List<AppSplit> apps) {
        List<PlannedApp> planned = apps.stream().map(this::plan).toList();
        return problems.isEmpty()
                ? new Parsed.Valid<>(new PlannedTable(planned))
                : new Parsed.Invalid<>(problems);
    }

    private PlannedApp plan(AppSplit app) {
        return new PlannedApp(
                app.shares().stream()
                        .map(share -> new PlannedApp.Share(share, plan(share.routes())))
                        .toList());
    }

    private List<PlannedRoute> plan(AppRoutes app) {
        List<PlannedRoute> routes = new ArrayList<>();
        for (HttpRoute route : app.manifest().http()) {
            add(new PlannedRoute(app, route, route.route(), Optional.empty()), routes);
            if (route.target() instanceof Target.ToFunction(String name)) {
                GuestFunction function = app.functions().get(name);
                List<SubRoute> below = function == null ? List.of() : function.subRoutes();
                below.forEach(sub -> mount(app, route, sub, routes));
            }
        }
        return routes;
    }

    private void mount(AppRoutes app, HttpRoute route, SubRoute sub, List<PlannedRoute> into) {
        switch (RoutePattern.read(prefix(route.route()) + sub.path())) {
            case Parsed.Valid<RoutePattern>(RoutePattern pattern) ->
                    add(new PlannedRoute(app, route, pattern, Optional.of(sub.entrypoint())), into);
            case Parsed.Invalid<RoutePattern>(List<Problem> found) -> problems.addAll(found);
        }
    }

    /** {@return what a sub-route's own slash follows: the route without its end} */
    private static String prefix(RoutePattern route) {
        String base = route.text();
        String prefix = route.open() ? base.substring(0, base.length() - 4) : base;
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private void add(PlannedRoute route, List<PlannedRoute> into) {
        for (String host : route.hosts()) {
            List<PlannedRoute> before =
                    taken.computeIfAbsent(Place.of(host, route.pattern()), _ -> new ArrayList<>());
            before.stream()
                    .filter(route::clashesWith)
                    .findFirst()
                    .ifPresent(owner -> problems.add(clash(route, owner, host)));
            before.add(route);
        }
        into.add(route);
    }

    private static Problem clash(PlannedRoute route, PlannedRoute owner, String host) {
        String message =
                "route %s of app %s on host %s is taken by route %s of app %s"
                        .formatted(
                                route.pattern().text(),
                                route.appName(),
                                host,
                                owner.pattern().text(),
                                owner.appName());
        return new Problem(
                0, 0, "trigger.http.route", message, "choose another route, host or method");
    }
}
