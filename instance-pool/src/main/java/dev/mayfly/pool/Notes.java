package dev.mayfly.pool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What the clock has seen of the run on one guest thread, so that a run itself need not carry it: a
 * run that ends between two looks costs nothing here.
 *
 * <p>The clock writes while it holds a run ({@link GuestRun}), the thread after the run's end, when
 * nobody can hold it any more: so no field is volatile.
 */
final class Notes {
    /** A run computes when its thread was found runnable so often in a row. */
    private static final int LOOKS = 2;

    /** By itself, since it is loaded for the first limit of CPU time only. */
    private static final class Cpu {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private static long nanosOf(Thread thread) {
            return THREADS.getThreadCpuTime(thread.threadId());
        }
    }

    private final Thread thread;

    /** Which run the rest is about: the one that started then. */
    private long runStarted;

    private int runnableLooks;
    private boolean waits;
    private boolean computes;
    private long cpuBefore;

    Notes(Thread thread) {
        this.thread = thread;
    }

    /** Looks at a run while the clock holds it; how it must end if its CPU time is spent. */
    @Nullable Outcome look(long started, long nanoTime, Traffic function) {
        if (started != runStarted) {
            begin(started, function.terms());
        }
        // A thread that waits for a lock of ours is as good as running: it waits for microseconds.
        waits =
                switch (thread.getState()) {
                    case WAITING, TIMED_WAITING -> true;
                    case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
                };
        runnableLooks = waits ? 0 : runnableLooks + 1;
        count(runnableLooks >= LOOKS, function.appetite());
        return spent(nanoTime, function.terms()) ? function.terms().cpuSpent() : null;
    }

    private void begin(long started, Terms terms) {
        runStarted = started;
        runnableLooks = 0;
        cpuBefore = terms.countsCpu() ? Cpu.nanosOf(thread) : 0;
    }

    private void count(boolean now, Appetite appetite) {
        if (now && !computes) {
            appetite.begin();
        } else if (computes && !now) {
            appetite.end();
        }
        computes = now;
    }

    /** Never before so much time has passed at all, so most looks need not ask the system. */
    private boolean spent(long nanoTime, Terms terms) {
        return terms.countsCpu()
                && nanoTime - runStarted >= terms.cpuNanos()
                && Cpu.nanosOf(thread) - cpuBefore >= terms.cpuNanos();
    }

    /** Whether the run that was last looked at waited then; on the clock's thread. */
    boolean waits() {
        return waits;
    }

    /** Whether the run that started then waits, or has computed for a while. */
    boolean leavesItsPlace(long started) {
        return started == runStarted && (waits || runnableLooks >= LOOKS);
    }

    /** The run is over; on its own thread. */
    void end(Appetite appetite) {
        if (computes) {
            computes = false;
            appetite.end();
        } else {
            appetite.nibbled();
        }
    }
}
