package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function needs once it is called: its waiting runs, its turns, its sandboxes. Made at its
 * first request.
 *
 * <p>A function has at most {@code concurrency} turns outstanding, each in the crew's queue or in
 * the hands of a guest thread. Who adds a run adds a turn unless all are out; who gives a turn up
 * looks once more for runs that came meanwhile. So a waiting run always has a turn on its way to
 * it.
 */
final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    /** Other functions wait for no more than the product of these two on this turn's account. */
    private static final int MOST_IN_A_ROW = 16;

    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private static final Outcome ESCAPED =
            new Outcome.Broken("the gateway failed, its log has the reason");

    private static final VarHandle TURNS;
    private static final VarHandle ADMITTED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            TURNS = lookup.findVarHandle(Traffic.class, "turns", int.class);
            ADMITTED = lookup.findVarHandle(Traffic.class, "admitted", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FunctionId id;
    private final Crew crew;
    private final Terms terms;
    private final Sandboxes sandboxes;
    private final Tallies tallies;
    private final ConcurrentLinkedQueue<GuestRun> waiting = new ConcurrentLinkedQueue<>();

    /** Turns outstanding; changed through {@link #TURNS} only. */
    private volatile int turns;

    /** Runs that wait or run; changed through {@link #ADMITTED} only. */
    private volatile int admitted;

    private final Expectation expectation = new Expectation();
    private final Appetite appetite = new Appetite(Runtime.getRuntime().availableProcessors());
    private final Gate gate;
    private volatile boolean closed;

    Traffic(FunctionId id, Crew crew, Terms terms, Sandboxes sandboxes, Tallies tallies) {
        this.id = id;
        this.crew = crew;
        this.terms = terms;
        this.sandboxes = sandboxes;
        this.tallies = tallies;
        gate = new Gate(terms, expectation, appetite);
    }

    FunctionId id() {
        return id;
    }

    Terms terms() {
        return terms;
    }

    Appetite appetite() {
        return appetite;
    }

    /** Any thread; wakes nobody. */
    void submit(GuestRun run) {
        if (closed) {
            refuse(run, Outcome.Refused.Cause.CLOSED);
            return;
        }
        int before = (int) ADMITTED.getAndAdd(this, 1);
        Outcome.Refused.Cause obstacle = gate.obstacle(before, run.invocation.patienceNanos());
        if (obstacle == null) {
            enqueue(run);
        } else {
            leave();
            refuse(run, obstacle);
        }
    }

    private void enqueue(GuestRun run) {
        waiting.offer(run);
        addTurn();
        if (closed) {
            refuseWaiting();
        }
    }

    /** What a run submitted now would be refused for; any thread. */
    Outcome.@Nullable Refused turnedAway() {
        if (closed) {
            return refusal(Outcome.Refused.Cause.CLOSED);
        }
        Outcome.Refused.Cause obstacle = gate.obstacle(admitted, Long.MAX_VALUE);
        return obstacle == null ? null : refusal(obstacle);
    }

    /**
     * None is added while the function has its share of the processors: each of the runs that
     * compute looks for waiting ones at its end.
     */
    private void addTurn() {
        for (int seen = turns; seen < terms.concurrency(); seen = turns) {
            if (appetite.satisfied()) {
                return;
            }
            if (TURNS.compareAndSet(this, seen, seen + 1)) {
                crew.offer(this);
                return;
            }
        }
    }

    /** The clock's look at a hungry function: adds turns that it may have after all. */
    void useTurns() {
        if (!waiting.isEmpty()) {
            addTurn();
        }
    }

    /**
     * Uses a turn, for one run or for more while nobody else waits for a turn; on a guest thread.
     */
    void serve(GuestThread thread) {
        int inARow = MOST_IN_A_ROW;
        do {
            if (appetite.satisfied()) {
                leaveToOthers();
                return;
            }
            if (!waiting.isEmpty()) {
                PooledSandbox leased = sandboxes.lease();
                if (leased != null) {
                    serveNext(thread, leased);
                } else if (sandboxes.any()) {
                    leaveToOthers();
                    return;
                } else {
                    refuseNext();
                }
            }
        } while (keepTurn(thread, --inARow > 0));
    }

    private boolean keepTurn(GuestThread thread, boolean again) {
        if (waiting.isEmpty()) {
            giveTurnUp();
            return false;
        }
        if (thread.othersWait() && !(again && queueingIsIdle())) {
            crew.offer(this);
            return false;
        }
        return true;
    }

    /**
     * Whether to queue up again would only exchange this turn for another one of the same function.
     * It costs more than a short run, so a few of those are served without.
     */
    private boolean queueingIsIdle() {
        return expectation.meanNanos() < SHORT_NANOS && crew.nextIs(this);
    }

    private void giveTurnUp() {
        TURNS.getAndAdd(this, -1);
        if (!waiting.isEmpty()) {
            addTurn();
        }
    }

    /**
     * Gives a turn up for want of memory or of processors: the runs there are serve the queue.
     * Whoever has one looks at the queue before it gives its own turn up; if all have done so by
     * now, one must come back.
     */
    private void leaveToOthers() {
        if ((int) TURNS.getAndAdd(this, -1) == 1 && !waiting.isEmpty()) {
            addTurn();
        }
    }

    private void serveNext(GuestThread thread, PooledSandbox leased) {
        long now = System.nanoTime();
        GuestRun run = next(now);
        if (run == null) {
            sandboxes.giveBack(leased);
        } else {
            perform(run, leased, thread, now);
        }
    }

    /** Takes the next run that may still begin. */
    private @Nullable GuestRun next(long now) {
        for (GuestRun run = waiting.poll(); run != null; run = waiting.poll()) {
            if (overdue(run, now)) {
                withdraw(run, Outcome.Refused.Cause.QUEUE_TIMEOUT);
            } else if (run.begin()) {
                return run;
            }
        }
        return null;
    }

    private void perform(GuestRun run, PooledSandbox leased, GuestThread thread, long started) {
        Sandbox sandbox = leased.sandbox();
        run.start(started);
        thread.notes().begin(appetite);
        thread.show(run);
        Ending ending = call(run, sandbox);
        Outcome stopped = run.end();
        thread.calm();
        thread.notes().end(appetite);
        long lasted = System.nanoTime() - started;
        boolean reset = sandboxes.reset(leased, stopped == null && ending != null);
        Outcome outcome = stopped != null ? stopped : ending == null ? ESCAPED : ending.outcome();
        Evidence used = sandbox.evidence(started - run.submittedNanos, lasted);
        // Before the sandbox is given back: who leases it next writes to the same tally.
        leased.tally().ran(RunEnd.of(outcome), reset, used);
        if (reset) {
            sandboxes.giveBack(leased);
        } else {
            sandboxes.discard(leased);
        }
        expectation.took(lasted);
        leave();
        finish(run, outcome, used);
    }

    /** Calls the guest; null when something escaped. */
    // The guest boundary: a mistake of ours in a host function ends the run, never the thread.
    @SuppressWarnings("IllegalCatch")
    private @Nullable Ending call(GuestRun run, Sandbox sandbox) {
        try {
            return sandbox.call(run.function, run.invocation);
        } catch (Throwable t) {
            LOG.error("{}: request {}: the run failed", id, run.invocation.requestId(), t);
            return null;
        }
    }

    // The end of a run is other people's code: it must not cost the function its turn.
    @SuppressWarnings("IllegalCatch")
    private void finish(GuestRun run, Outcome outcome, Evidence evidence) {
        try {
            run.invocation.finished(outcome, evidence);
        } catch (Throwable t) {
            LOG.error("{}: request {}: finished failed", id, run.invocation.requestId(), t);
        }
    }

    /** After a run was cancelled that never began. */
    void cancelled(GuestRun run) {
        waiting.remove(run);
        leave();
        tallies.abandoned();
        finish(run, GuestRun.CANCELLED, Evidence.NONE);
    }

    /** Refuses the runs that have waited too long; on the clock's thread. */
    void expire(long now) {
        for (GuestRun run = waiting.peek(); run != null && overdue(run, now); ) {
            waiting.remove(run);
            withdraw(run, Outcome.Refused.Cause.QUEUE_TIMEOUT);
            run = waiting.peek();
        }
    }

    private boolean overdue(GuestRun run, long now) {
        return now - run.submittedNanos >= terms.queueTimeoutNanos();
    }

    private void refuseNext() {
        GuestRun run = waiting.poll();
        if (run != null) {
            withdraw(run, Outcome.Refused.Cause.NO_MEMORY);
        }
    }

    private void refuseWaiting() {
        for (GuestRun run = waiting.poll(); run != null; run = waiting.poll()) {
            withdraw(run, Outcome.Refused.Cause.CLOSED);
        }
    }

    /** Refuses a run that waited, unless somebody else ended it or it began. */
    private void withdraw(GuestRun run, Outcome.Refused.Cause cause) {
        if (run.withdraw()) {
            leave();
            refuse(run, cause);
        }
    }

    private void refuse(GuestRun run, Outcome.Refused.Cause cause) {
        finish(run, refusal(cause), Evidence.NONE);
    }

    private Outcome.Refused refusal(Outcome.Refused.Cause cause) {
        tallies.refused(cause);
        return new Outcome.Refused(cause, gate.retryAfter(admitted));
    }

    private void leave() {
        ADMITTED.getAndAdd(this, -1);
    }

    /** Refuses what waits and what comes; frees sandboxes as they fall idle. */
    void close() {
        closed = true;
        refuseWaiting();
        sandboxes.close();
    }

    Presence presence() {
        int idle = sandboxes.idle();
        int running = Math.max(0, sandboxes.live() - idle);
        return new Presence(idle, running, Math.max(0, admitted - running), sandboxes.bytes());
    }
}
