package dev.mayfly.gateway;

import java.nio.file.Path;
import java.util.List;

/** A server of functions: the facade of this module. Safe for any thread. */
public final class Gateway implements AutoCloseable {
    private Gateway() {}

    /**
     * Starts the guest threads, and the event loops in the background. Nothing listens yet.
     *
     * @param settings how it runs
     * @return the gateway, to be closed
     */
    public static Gateway open(ServerSettings settings) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Serves an app, in the place of the app of the same name if there is one. Takes from
     * milliseconds to many seconds; blocks. Requests are served on meanwhile, and none is dropped
     * by the change.
     *
     * @param app the app
     * @return its routes, or every problem
     */
    public DeployResult deploy(AppSource app) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Takes the port; blocks until requests come in. Once only.
     *
     * @return the address, or why it cannot be had
     */
    public Binding listen() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** {@return all routes that are served} */
    public List<RouteRow> routes() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** {@return what it holds and did so far} */
    public GatewayStats stats() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Goes down in order: reports that it is not ready, serves on for {@code drain_delay}, takes no
     * more connections, lets running requests finish within {@code drain_timeout}, closes
     * everything. Blocks; a second call waits for the first.
     */
    public void stop() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * On SIGTERM or SIGINT stops and exits with 0; on a second signal exits at once with 128 and
     * the signal's number. Then blocks until the server has stopped.
     */
    public void runUntilSignal() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Closes everything at once; running requests are broken off. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Loads a module as {@code mayfly up} would, runs {@code GET /} once and tells what it is made
     * of. Blocks.
     *
     * @param module the file
     * @param settings what guests may use
     * @return the report, or why the module does not load
     */
    public static Inspection inspect(Path module, ServerSettings settings) {
        throw new UnsupportedOperationException("skeleton");
    }
}
