package dev.mayfly.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * A revision that gets an app's traffic bit by bit.
 *
 * @param app whose
 * @param revision the new one
 * @param base the one that has the rest
 * @param percent what the new one has
 * @param plan how it goes on
 * @param timing when it goes on
 * @param state how far it is
 */
public record Rollout(
        String app, int revision, int base, int percent, Plan plan, Timing timing, State state) {
    /** How far a rollout is. */
    public enum State {
        /** It goes on. */
        RUNNING,
        /** The new revision has all traffic. */
        DONE,
        /** Its rule was met, and all traffic given back. */
        ABORTED,
        /** Somebody took it back. */
        CANCELLED,
        /** Somebody changed the traffic otherwise. */
        OVERRULED
    }

    /**
     * How a rollout goes on.
     *
     * @param step how long each part lasts, whole seconds, at least one
     * @param abortOn when it is taken back, in the words of whoever judges it; empty for never
     */
    public record Plan(Duration step, String abortOn) {
        /** Refuses steps of no time. */
        public Plan {
            if (step.toSeconds() < 1) {
                throw new IllegalArgumentException("step: " + step + " (expected: >= 1 s)");
            }
        }
    }

    /**
     * When a rollout goes on, by the database's clock.
     *
     * @param nextAt when the new revision gets more
     * @param due whether that is over
     */
    public record Timing(Instant nextAt, boolean due) {}
}
