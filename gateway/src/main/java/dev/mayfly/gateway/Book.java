package dev.mayfly.gateway;

import dev.mayfly.http.RouteNote;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop writes down of the requests that end on it. The loop's own: nothing of it is
 * shared with another loop, nor with a function.
 */
final class Book {
    private final RouteTallies.Sheet routes;
    private final @Nullable ActivationRing activations;

    /** Without a ring nothing is kept of requests but numbers. */
    Book(RouteTallies.Sheet routes, @Nullable ActivationRing activations) {
        this.routes = routes;
        this.activations = activations;
    }

    /** A request that reached a route is over; {@return the route, as it is known here} */
    RouteTallies.Known ended(RouteNote note, int status, long nanos) {
        RouteTallies.Known known = routes.known(note);
        known.cell().ended(StatusClass.of(status), nanos);
        return known;
    }

    /** Whether requests are kept at all. */
    boolean keeps() {
        return activations != null;
    }

    void keep(PastRequest request) {
        if (activations != null) {
            activations.add(request);
        }
    }
}
