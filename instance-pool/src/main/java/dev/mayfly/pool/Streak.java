package dev.mayfly.pool;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a guest thread serves of one turn, one after the other, in the same sandbox.
 *
 * <p>What runs write that other threads read is on cache lines that wander between processors: the
 * sandbox with its {@link Tally}, the slot it lies in, the mean of the last runs, when the function
 * was last used. So a streak leases once, and tells the function once what its short runs took.
 */
final class Streak {
    /** Other functions wait for no more than the product of these two on this turn's account. */
    static final int MOST_IN_A_ROW = 16;

    static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private static final Outcome ESCAPED =
            new Outcome.Broken("the gateway failed, its log has the reason");

    private final Sandboxes sandboxes;
    private final Expectation expectation;
    private final Turns turns;
    private final GuestThread thread;
    private @Nullable PooledSandbox leased;

    /** What the function has not been told yet: runs, how long they took together, the last end. */
    private int untold;

    private long untoldNanos;
    private long ended;

    Streak(Sandboxes sandboxes, Expectation expectation, Turns turns, GuestThread thread) {
        this.sandboxes = sandboxes;
        this.expectation = expectation;
        this.turns = turns;
        this.thread = thread;
    }

    /** Whether there is a sandbox for the next run. */
    boolean hasSandbox() {
        if (leased == null) {
            leased = sandboxes.lease(thread.number());
        }
        return leased != null;
    }

    /** Runs {@code run}, which has begun; what it leaves behind is reset or thrown away. */
    Ended perform(GuestRun run, long started) {
        PooledSandbox pooled = leased;
        if (pooled == null) {
            throw new IllegalStateException("a run without a sandbox");
        }
        Sandbox sandbox = pooled.sandbox();
        run.start(started);
        thread.show(run);
        Ending ending = run.call(sandbox);
        Outcome stopped = run.end();
        thread.calm();
        thread.notes().end(run.traffic().appetite());
        took(started);
        boolean reset = sandboxes.reset(pooled, stopped == null && ending != null);
        Outcome outcome = stopped != null ? stopped : ending == null ? ESCAPED : ending.outcome();
        long queued = started - run.submittedNanos;
        Evidence used =
                sandbox.evidence(
                        queued, run.traffic().wakeNanos(run.submittedNanos), ended - started);
        // While it is leased: who leases it next writes to the same tally.
        pooled.tally().ran(RunEnd.of(outcome), reset, used);
        if (!reset) {
            leased = null;
            sandboxes.discard(pooled);
        }
        return new Ended(outcome, used);
    }

    /** How a run ended, and what it used. */
    record Ended(Outcome outcome, Evidence used) {}

    private void took(long started) {
        ended = System.nanoTime();
        long nanos = ended - started;
        untold++;
        untoldNanos += nanos;
        if (nanos >= SHORT_NANOS || untold == MOST_IN_A_ROW) {
            tell();
        }
    }

    private void tell() {
        expectation.took(untoldNanos, untold);
        turns.used(ended);
        untold = 0;
        untoldNanos = 0;
    }

    /**
     * Gives the sandbox back; another run may begin a streak anew. Call it before the turn goes.
     */
    void end() {
        if (untold > 0) {
            tell();
        }
        PooledSandbox pooled = leased;
        if (pooled != null) {
            leased = null;
            sandboxes.giveBack(pooled, thread.number());
        }
    }
}
