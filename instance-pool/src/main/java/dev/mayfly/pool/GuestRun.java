package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One submitted run and the guard around it: a deadline or a cancellation interrupts the guest's
 * thread, and must never hit whatever that thread does next.
 *
 * <pre>
 *            begin                        end
 *   QUEUED ─────────► RUNNING ───────────────────────────► ENDED
 *     │                │   ▲ │                               ▲
 *     │           hold ▼   │ │ fire                          │
 *     │               HELD─┘ └────► FIRING ──────► FIRED ────┤ end
 *     │         (look, tick)       (interrupt)     │   ▲     │
 *     │                                            └───┘     │
 *     │                                          fire again  │
 *     └──────────────────── withdraw ────────────────────────┘
 * </pre>
 *
 * <p>Every arrow is one compare-and-set of {@link #state}. Only the guest's thread takes a run to
 * its end, and it cannot do so while another thread is in HELD or FIRING: so whoever ticks or
 * interrupts a run knows that the run is still on its thread, and the thread knows after {@link
 * #end()} that no interrupt is on its way any more; one look at its flag then clears it for good. A
 * run object serves one run only, so no counter is needed to tell one run from the next.
 */
final class GuestRun implements Run {
    private static final Logger LOG = LoggerFactory.getLogger(GuestRun.class);
    static final Outcome CANCELLED = new Outcome.Cancelled();
    private static final Outcome TICK_BROKE =
            new Outcome.Broken("the receiver of the output broke between two writes");

    private static final int QUEUED = 0;
    private static final int RUNNING = 1;
    private static final int HELD = 2;
    private static final int FIRING = 3;
    private static final int FIRED = 4;
    private static final int ENDED = 5;

    private static final VarHandle STATE;
    private static final VarHandle STOP;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(GuestRun.class, "state", int.class);
            STOP = lookup.findVarHandle(GuestRun.class, "stop", Outcome.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Invocation invocation;
    final int function;
    final long submittedNanos;
    private final Traffic traffic;

    /** Changed through {@link #STATE} only. */
    private volatile int state;

    /** How the run shall end, said by the first who wants it to; null while it may go on. */
    private volatile @Nullable Outcome stop;

    /** Written by the guest's thread before RUNNING, read by those who see RUNNING or later. */
    private @Nullable Thread thread;

    /** Written by the guest's thread before it shows the run to the clock. */
    private long startedNanos;

    GuestRun(Traffic traffic, Invocation invocation, int function, long submittedNanos) {
        this.traffic = traffic;
        this.invocation = invocation;
        this.function = function;
        this.submittedNanos = submittedNanos;
    }

    @Override
    public void cancel() {
        if (withdraw()) {
            traffic.cancelled(this);
        } else {
            stop(CANCELLED);
        }
    }

    /** Whether it has waited longer than it may. */
    boolean overdue(long nanoTime) {
        return nanoTime - submittedNanos >= traffic.terms().queueTimeoutNanos();
    }

    /** Whether the caller now owns a run that never began, and must finish it. */
    boolean withdraw() {
        return STATE.compareAndSet(this, QUEUED, ENDED);
    }

    /** Whether the current thread now owns the run, and must {@link #end()} it. */
    boolean begin() {
        thread = Thread.currentThread();
        return STATE.compareAndSet(this, QUEUED, RUNNING);
    }

    /** The wall clock of the run begins; on the guest's thread. */
    void start(long nanoTime) {
        startedNanos = nanoTime;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Calls the guest; null when something escaped. */
    // The guest boundary: a mistake of ours in a host function ends the run, never the thread.
    @SuppressWarnings("IllegalCatch")
    @Nullable Ending call(Sandbox sandbox) {
        try {
            return sandbox.call(function, invocation);
        } catch (Throwable t) {
            LOG.error("{}: request {}: the run failed", traffic.id(), invocation.requestId(), t);
            return null;
        }
    }

    /** Tells the sender. */
    // The end of a run is other people's code: it must not cost the function its turn.
    @SuppressWarnings("IllegalCatch")
    void finish(Outcome outcome, Evidence evidence) {
        try {
            invocation.finished(outcome, evidence);
        } catch (Throwable t) {
            LOG.error("{}: request {}: finished failed", traffic.id(), invocation.requestId(), t);
        }
    }

    /** Interrupts the run if it still runs; it will end in {@code outcome} then. */
    void stop(Outcome outcome) {
        STOP.compareAndSet(this, null, outcome);
        fire();
    }

    /**
     * The clock's look at a started run. What was asked to stop and goes on all the same (a host
     * call lost the flag, a long memory operation did not look at it) is interrupted again.
     *
     * @return whether another thread should stand in for the run's
     */
    boolean watch(long nanoTime, Notes notes) {
        if (stop != null) {
            fire();
        } else if (nanoTime - startedNanos >= traffic.terms().timeoutNanos()) {
            stop(traffic.terms().deadline());
        } else if (STATE.compareAndSet(this, RUNNING, HELD)) {
            letGo(look(nanoTime, notes));
        }
        return notes.leavesItsPlace(startedNanos);
    }

    /** While it is HELD; how the run must end, if it must. */
    private @Nullable Outcome look(long nanoTime, Notes notes) {
        Outcome spent = notes.look(startedNanos, nanoTime, traffic);
        if (spent != null) {
            return spent;
        }
        try {
            invocation.tick(nanoTime);
            return null;
        } catch (RuntimeException e) {
            LOG.error("{}: tick failed, the run ends", traffic.id(), e);
            return TICK_BROKE;
        }
    }

    private void letGo(@Nullable Outcome end) {
        STATE.setVolatile(this, RUNNING);
        if (end != null) {
            stop(end);
        } else if (stop != null) {
            // Asked while HELD, when fire() had to leave it alone.
            fire();
        }
    }

    private void fire() {
        int seen = state;
        if ((seen == RUNNING || seen == FIRED) && STATE.compareAndSet(this, seen, FIRING)) {
            interrupt();
            STATE.setVolatile(this, FIRED);
        }
    }

    private void interrupt() {
        Thread guest = thread;
        if (guest != null) {
            guest.interrupt();
        }
    }

    /**
     * Ends the run on its own thread. Nobody interrupts the thread for it afterwards; the flag may
     * still be set.
     *
     * @return how an interrupt made it end; null when there was none
     */
    @Nullable Outcome end() {
        for (int spins = 0; ; spins++) {
            if (STATE.compareAndSet(this, RUNNING, ENDED)) {
                return null;
            }
            if (STATE.compareAndSet(this, FIRED, ENDED)) {
                return stop;
            }
            pause(spins);
        }
    }

    /** HELD and FIRING last less than a microsecond, unless their thread lost its processor. */
    // Parking is no choice: the interrupt on its way would end the park at once.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause(int spins) {
        if (spins < 100) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
