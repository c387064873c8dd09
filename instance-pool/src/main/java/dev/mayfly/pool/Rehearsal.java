package dev.mayfly.pool;

import java.util.Optional;

/** A request that load makes up: a warm-up before the freeze, or a probe after it. */
public interface Rehearsal extends Invocation {
    /** {@return what the request was, for messages: {@code GET /hello}} */
    String description();

    /**
     * Asked after {@link #finished}: why the answer fails the load (a status of 500 or more), or
     * nothing.
     *
     * @return the request line
     */
    Optional<String> complaint();
}
