package dev.mayfly.pool;

import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who may wait for a function, and when the others should come again. */
final class Gate {
    private final Terms terms;
    private final Expectation expectation;
    private final Appetite appetite;
    private final Rousing rousing;

    Gate(Terms terms, Expectation expectation, Appetite appetite, Rousing rousing) {
        this.terms = terms;
        this.expectation = expectation;
        this.appetite = appetite;
        this.rousing = rousing;
    }

    /**
     * What keeps a run out behind {@code before} others that wait or run; null when nothing does.
     *
     * @param patienceNanos how long its caller may wait for it to begin
     */
    @Nullable Cause obstacle(int before, long patienceNanos) {
        if (before >= terms.mostAdmitted()) {
            return Cause.QUEUE_FULL;
        }
        Setback setback = rousing.setback();
        if (setback != null && setback.lasts(System.nanoTime())) {
            return setback.cause();
        }
        int atOnce = atOnce();
        if (before < atOnce) {
            return null;
        }
        long mostNanos = Math.min(terms.queueTimeoutNanos(), patienceNanos);
        return expectation.waitNanos(before, atOnce) > mostNanos ? Cause.TOO_LONG_A_WAIT : null;
    }

    /**
     * When the runs that wait or run now should be through, and another wake-up may be tried, in
     * whole seconds.
     */
    Duration retryAfter(int admitted) {
        Duration through = expectation.retryAfter(admitted, atOnce());
        Setback setback = rousing.setback();
        if (setback == null) {
            return through;
        }
        Duration pause = setback.retryAfter(System.nanoTime());
        return pause.compareTo(through) > 0 ? pause : through;
    }

    private int atOnce() {
        return appetite.atOnce(terms.concurrency());
    }
}
