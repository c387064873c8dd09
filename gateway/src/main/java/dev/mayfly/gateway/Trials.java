package dev.mayfly.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs functions of apps in process, on a request or a record and to see all that comes of it: for
 * tests of apps. Every run has its own fresh copy of its function's snapshot, and none waits for
 * the queue of another. Nothing listens, and no rate limit counts. Safe for any thread.
 */
public interface Trials extends AutoCloseable {
    /**
     * Starts the threads of guests; takes no port.
     *
     * @param settings what guests may use
     * @param atOnce how many requests there will be at once
     * @param early takes what functions log before their first request; called by any thread
     * @return what runs functions, to be closed
     */
    static Trials open(ServerSettings settings, int atOnce, Consumer<String> early) {
        return new TrialDesk(settings, atOnce, early);
    }

    /**
     * {@return the revision, to be closed; or every problem} As {@link Gateway#prepare}, with room
     * for all runs at once; Kafka triggers need no brokers.
     *
     * @param app the revision
     */
    Preparation prepare(AppRevision app);

    /**
     * Sends a request through the routes of a revision, local redirects included; blocks.
     *
     * @param request the request
     * @param app one that was prepared here
     * @param longest how long to wait for the answer
     * @return what came of it; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    Optional<Tried> send(TrialRequest request, PreparedApp app, Duration longest)
            throws InterruptedException;

    /**
     * Runs a function on a record as on one from a broker, and writes nothing anywhere; blocks.
     *
     * @param event the record
     * @param app one that was prepared here
     * @param longest how long to wait for the end of the run
     * @return what came of it; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    Optional<TriedEvent> send(TrialEvent event, PreparedApp app, Duration longest)
            throws InterruptedException;

    /** Ends its threads; what runs is broken off. */
    @Override
    void close();
}
