package dev.mayfly.gateway;

/** Something with a time limit, looked at by its loop several times within that limit. */
interface Timed {
    /**
     * Acts if a limit has passed. On the event loop.
     *
     * @param now as {@link System#nanoTime()}
     */
    void check(long now);
}
