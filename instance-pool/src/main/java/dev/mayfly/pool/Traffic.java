package dev.mayfly.pool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A function's waiting runs, its turns, its sandboxes.
 *
 * <p>A function has at most {@code concurrency} turns outstanding, each in the crew's queue or in
 * the hands of a guest thread. Who adds a run adds a turn unless all are out; who gives a turn up
 * looks once more for runs that came meanwhile. So a waiting run always has a turn on its way to
 * it.
 */
final class Traffic {
    private final FunctionId id;
    private final Crew crew;
    private final Terms terms;
    private final Sandboxes sandboxes;
    private final Tallies tallies;
    private final Turns turns;
    private final ConcurrentLinkedQueue<GuestRun> waiting = new ConcurrentLinkedQueue<>();

    /** Runs that wait or run. */
    private final AtomicInteger admitted = new AtomicInteger();

    private final Expectation expectation = new Expectation();
    private final Appetite appetite = new Appetite(Runtime.getRuntime().availableProcessors());
    private final Gate gate;
    private volatile boolean closed;

    /** When the last wake-up ended, and how long it took; 0 as long as there was none. */
    private volatile long wokenAt;

    private volatile long wokenNanos;

    private final Rousing rousing;

    Traffic(
            FunctionId id,
            Crew crew,
            Terms terms,
            Sandboxes sandboxes,
            Tallies tallies,
            Rousing rousing) {
        this.id = id;
        this.crew = crew;
        this.terms = terms;
        this.sandboxes = sandboxes;
        this.tallies = tallies;
        gate = new Gate(terms, expectation, appetite, rousing);
        this.rousing = rousing;
        turns = new Turns(terms.concurrency());
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
        int before = admitted.getAndIncrement();
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
        if (!turns.areUsed() || !flows(run.submittedNanos)) {
            addTurn();
        }
        if (closed) {
            refuseWaiting(Outcome.Refused.Cause.CLOSED);
        }
    }

    private boolean flows(long nanoTime) {
        GuestRun oldest = waiting.peek();
        return expectation.flow(oldest == null ? 0 : nanoTime - oldest.submittedNanos);
    }

    /** What a run submitted now would be refused for; any thread. */
    Outcome.@Nullable Refused turnedAway() {
        if (closed) {
            return refusal(Outcome.Refused.Cause.CLOSED);
        }
        Outcome.Refused.Cause obstacle = gate.obstacle(admitted.get(), Long.MAX_VALUE);
        return obstacle == null ? null : refusal(obstacle);
    }

    /**
     * None is added while the function has its share of the processors: each of the runs that
     * compute looks for waiting ones at its end.
     */
    private void addTurn() {
        if (appetite.satisfied()) {
            return;
        }
        if (turns.addOne()) {
            crew.offer(this);
        } else if (turns.takeUp()) {
            rousing.roused();
        }
    }

    /** The clock's look at a function that is hungry, or has a run that keeps its thread. */
    void useTurns() {
        if (!waiting.isEmpty()) {
            addTurn();
        }
    }

    /** Whether the caller now has all turns: never while a run waits or runs. */
    boolean takeAllTurns() {
        if (admitted.get() != 0 || !turns.takeAll()) {
            return false;
        }
        if (admitted.get() == 0) {
            return true;
        }
        giveAllTurnsBack();
        return false;
    }

    /** A wake-up has ended; before all turns are given back. */
    void woken(long nanoTime, long nanos) {
        wokenNanos = nanos;
        wokenAt = nanoTime;
    }

    /** How much of the last wake-up a run waited for that was submitted then. */
    long wakeNanos(long submittedNanos) {
        long nanos = wokenNanos;
        return nanos == 0 ? 0 : Math.clamp(wokenAt - submittedNanos, 0, nanos);
    }

    /** Gives them back, one to each run that came meanwhile. */
    void giveAllTurnsBack() {
        turns.giveAll();
        if (!waiting.isEmpty()) {
            waiting.forEach(_ -> addTurn());
            crew.wake();
        }
    }

    /** Leaves all turns to whoever wakes the function for its next run. */
    void fallAsleep() {
        turns.layDown();
        if (!waiting.isEmpty() && turns.takeUp()) {
            rousing.roused();
        }
    }

    /** Leaves all turns, after a wake-up that failed, and refuses who waited for it. */
    void fallAsleep(Outcome.Refused.Cause refusal) {
        do {
            refuseWaiting(refusal);
            turns.layDown();
        } while (!waiting.isEmpty() && turns.takeUp());
    }

    Turns turns() {
        return turns;
    }

    /**
     * Uses a turn, for one run or for more while nobody else waits for a turn; on a guest thread.
     */
    void serve(GuestThread thread) {
        Streak streak = new Streak(sandboxes, expectation, turns, thread);
        int inARow = Streak.MOST_IN_A_ROW;
        do {
            boolean served = thread.notes().enter(appetite) && serveOne(streak);
            thread.notes().leave(appetite);
            if (!served) {
                streak.end();
                leaveToOthers();
                return;
            }
        } while (keepTurn(thread, streak, --inARow > 0));
    }

    /** Serves a run if there is one; false when others have all the memory there is. */
    private boolean serveOne(Streak streak) {
        if (waiting.isEmpty()) {
            return true;
        }
        if (streak.hasSandbox()) {
            serveNext(streak);
        } else if (sandboxes.any()) {
            return false;
        } else {
            refuseNext();
        }
        return true;
    }

    private boolean keepTurn(GuestThread thread, Streak streak, boolean again) {
        if (waiting.isEmpty()) {
            streak.end();
            giveTurnUp();
            return false;
        }
        if (thread.othersWait() && !(again && queueingIsIdle())) {
            streak.end();
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
        return expectation.meanNanos() < Streak.SHORT_NANOS && crew.nextIs(this);
    }

    private void giveTurnUp() {
        turns.giveOne();
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
        if (turns.giveOne() && !waiting.isEmpty()) {
            addTurn();
        }
    }

    private void serveNext(Streak streak) {
        long now = System.nanoTime();
        GuestRun run = next(now);
        if (run == null) {
            return;
        }
        Streak.Ended ended = streak.perform(run, now);
        if (waiting.isEmpty()) {
            streak.end(); // so that who hears of the last run finds all of it told
        }
        leave();
        run.finish(ended.outcome(), ended.used());
    }

    /** Takes the next run that may still begin. */
    private @Nullable GuestRun next(long now) {
        for (GuestRun run = waiting.poll(); run != null; run = waiting.poll()) {
            if (run.overdue(now)) {
                withdraw(run, Outcome.Refused.Cause.QUEUE_TIMEOUT);
            } else if (run.begin()) {
                return run;
            }
        }
        return null;
    }

    /** After a run was cancelled that never began. */
    void cancelled(GuestRun run) {
        waiting.remove(run);
        leave();
        tallies.abandoned();
        run.finish(GuestRun.CANCELLED, Evidence.NONE);
    }

    /** Refuses the runs that have waited too long; on the clock's thread. */
    void expire(long now) {
        for (GuestRun run = waiting.peek(); run != null && run.overdue(now); ) {
            waiting.remove(run);
            withdraw(run, Outcome.Refused.Cause.QUEUE_TIMEOUT);
            run = waiting.peek();
        }
    }

    private void refuseNext() {
        GuestRun run = waiting.poll();
        if (run != null) {
            withdraw(run, Outcome.Refused.Cause.NO_MEMORY);
        }
    }

    private void refuseWaiting(Outcome.Refused.Cause cause) {
        for (GuestRun run = waiting.poll(); run != null; run = waiting.poll()) {
            withdraw(run, cause);
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
        run.finish(refusal(cause), Evidence.NONE);
    }

    private Outcome.Refused refusal(Outcome.Refused.Cause cause) {
        tallies.refused(cause);
        return new Outcome.Refused(cause, gate.retryAfter(admitted.get()));
    }

    private void leave() {
        admitted.getAndDecrement();
    }

    /** Refuses what waits and what comes; frees sandboxes as they fall idle. */
    void close() {
        closed = true;
        refuseWaiting(Outcome.Refused.Cause.CLOSED);
        sandboxes.close();
    }

    Presence presence() {
        int idle = sandboxes.idle();
        int running = Math.max(0, sandboxes.live() - idle);
        return new Presence(
                idle, running, Math.max(0, admitted.get() - running), sandboxes.bytes());
    }
}
