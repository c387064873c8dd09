package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The newest requests to the functions that this gateway runs, and their newest runs for records.
 * Any thread.
 */
public interface Activations {
    /**
     * {@return those that are wanted, the newest first}
     *
     * @param query which
     */
    List<Activation> newest(ActivationQuery query);

    /**
     * {@return the newest of that id, if it is still there}
     *
     * @param id a request's
     */
    Optional<Activation> find(String id);

    /**
     * {@return what was sent and answered, if that was kept and is still there}
     *
     * @param id a request's
     */
    Optional<Recorded> recorded(String id);

    /**
     * Sends a request once more, in process; blocks. Nothing counts it, and no log or activation
     * tells of it, but what the function does it does.
     *
     * @param request as it was recorded
     * @param revision a prepared one
     * @param longest how long to wait for the answer
     * @return the answer; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    Optional<Recorded.Answer> replay(
            Recorded.Request request, PreparedApp revision, Duration longest)
            throws InterruptedException;
}
