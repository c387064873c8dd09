package dev.mayfly.gateway;

import java.util.List;

/** One revision of an app, loaded and ready to be served. Safe for any thread. */
public sealed interface PreparedApp extends AutoCloseable permits LoadedApp {
    /** {@return the app's name} */
    String app();

    /** {@return its number} */
    long revision();

    /** {@return its own routes, best match first} */
    List<RouteRow> routes();

    /** {@return whether it can no longer be served: prepare it again} */
    boolean closed();

    /**
     * Lets its running requests end, then frees everything; returns at once. Without effect while
     * it is served: then the gateway closes it, when it no longer is.
     */
    @Override
    void close();
}
