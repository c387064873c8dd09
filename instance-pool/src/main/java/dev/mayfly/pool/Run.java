package dev.mayfly.pool;

/** A submitted run. */
public interface Run {
    /**
     * Ends the run early, or keeps it from beginning; {@link Invocation#finished} follows with
     * {@link Outcome.Cancelled} unless the run ended first. Any thread, never blocks.
     */
    void cancel();
}
