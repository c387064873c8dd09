package dev.mayfly.gateway;

import dev.mayfly.http.RouteNote;

/**
 * What one event loop writes down of the requests that end on it. The loop's own: nothing of it is
 * shared with another loop, nor with a function.
 */
final class Book {
    private final RouteTallies.Sheet routes;

    private Book(RouteTallies.Sheet routes) {
        this.routes = routes;
    }

    /** The books of all loops of a server. */
    static final class Shelf {
        private final RouteTallies routes = new RouteTallies();

        RouteTallies routes() {
            return routes;
        }

        /** For a loop that begins. */
        Book open() {
            return new Book(routes.sheet());
        }
    }

    /** A request that reached a route is over. */
    void ended(RouteNote note, int status, long nanos) {
        routes.ended(note, StatusClass.of(status), nanos);
    }
}
