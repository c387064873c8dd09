package dev.mayfly.http;

import dev.mayfly.http.Split.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The routes of one app, before they are bound: of its one revision, or of all that share its
 * requests.
 *
 * @param shares newest first
 */
record PlannedApp(List<Share> shares) {
    /**
     * The routes of one revision.
     *
     * @param share of the app's requests
     * @param routes sub-routes included
     */
    record Share(AppSplit.Share share, List<PlannedRoute> routes) {
        private void bindInto(Router router, Binding binding) {
            for (PlannedRoute route : routes) {
                Route bound = binding.bind(route);
                route.hosts().forEach(host -> router.add(host, bound));
            }
        }

        /** Its own router, whose answers are counted. */
        private Part part(Binding binding) {
            Router own = new Router();
            bindInto(own, route -> binding.bind(route).counted(share.answers()));
            return new Part(note(), share.percent(), own);
        }

        private RouteNote note() {
            AppRoutes app = share.routes();
            String name = app.manifest().app().name();
            return new RouteNote(name, app.revision(), "", Optional.empty())
                    .counted(share.answers());
        }
    }

    /** Makes a route of a planned one. */
    @FunctionalInterface
    private interface Binding {
        Route bind(PlannedRoute route);
    }

    /** Adds the app's routes to those of all apps. */
    void bindInto(
            Router router, Wiring wiring, Function<PlannedRoute, Optional<Throttle>> throttles) {
        Binding whole = route -> route.bind(wiring, throttles);
        if (shares.size() == 1) {
            shares.getFirst().bindInto(router, whole);
        } else {
            Split split = split(whole);
            Binding shared = route -> route.shared(split, wiring.answers());
            shares.forEach(share -> share.bindInto(router, shared));
        }
    }

    private Split split(Binding whole) {
        String app = shares.getFirst().share().routes().manifest().app().name();
        return new Split(app, shares.stream().map(share -> share.part(whole)).toList());
    }
}
