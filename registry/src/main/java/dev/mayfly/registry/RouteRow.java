package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** A route and its owner. */
@MappedEntity("routes")
record RouteRow(String app, String host, String shape, String method, String pattern) {
    Route route() {
        return new Route(app, host, pattern, method);
    }

    Clash clash() {
        return new Clash(app, host, pattern, method);
    }
}
