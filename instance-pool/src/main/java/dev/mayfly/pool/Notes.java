package dev.mayfly.pool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What the clock has seen of the run on one guest thread, so that a run itself need not carry it: a
 * run that ends between two looks costs nothing here.
 *
 * <p>The clock writes while it holds a run ({@link GuestRun}), the thread before it shows a run and
 * after the run's end, when nobody can hold it: so no field is volatile.
 */
final class Notes {
    /** A run that was found runnable so often in a row has had its place for a tick at least. */
    private static final int PLACE_LOOKS = 2;

    /**
     * One that was found so more often computes: for 20 ms. Not by its CPU time, of which it gets
     * the less the more others compute; and not sooner, since a run of a millisecond or two whose
     * thread had no processor for a while must not be taken for more.
     */
    private static final int COMPUTING_LOOKS = 10;

    /** By itself, to be loaded when the clock starts and not at its first look. */
    private static final class Cpu {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private static long nanosOf(Thread thread) {
            return THREADS.getThreadCpuTime(thread.threadId());
        }
    }

    private final Thread thread;

    /** Which run the next three are about: the one that started then. */
    private long runStarted;

    private int runnableLooks;
    private boolean waits;
    private long cpuBefore;

    /** Whether the run counts in its function's {@link Appetite}. */
    private boolean counted;

    /** Whether the run has proved that it computes. */
    private boolean computes;

    Notes(Thread thread) {
        this.thread = thread;
    }

    /** Loads what the first look would; takes some tens of milliseconds. */
    static void prepare() {
        Cpu.nanosOf(Thread.currentThread());
    }

    /**
     * Whether the thread may begin a run now. One of a hungry function counts from here on, before
     * there is a sandbox for it: else a second thread would come to the same answer meanwhile.
     */
    boolean enter(Appetite appetite) {
        if (!appetite.hungry()) {
            return true;
        }
        counted = appetite.tryBegin();
        return counted;
    }

    /** The thread has no run any more, or found none. */
    void leave(Appetite appetite) {
        if (counted) {
            counted = false;
            appetite.end();
        }
    }

    /** The run is over; on its own thread. */
    void end(Appetite appetite) {
        leave(appetite);
        if (computes) {
            computes = false;
        } else {
            appetite.nibbled();
        }
    }

    /** Looks at a run while the clock holds it; how it must end if its CPU time is spent. */
    @Nullable Outcome look(long started, long nanoTime, Traffic function) {
        if (started != runStarted) {
            runStarted = started;
            runnableLooks = 0;
            cpuBefore = function.terms().countsCpu() ? Cpu.nanosOf(thread) : 0;
        }
        waits = isWaiting();
        runnableLooks = waits ? 0 : runnableLooks + 1;
        judge(function.appetite());
        return isSpent(nanoTime, function.terms()) ? function.terms().cpuSpent() : null;
    }

    /** No sooner than so much time has passed at all: most looks need not ask the system. */
    private boolean isSpent(long nanoTime, Terms terms) {
        return terms.countsCpu()
                && nanoTime - runStarted >= terms.cpuNanos()
                && Cpu.nanosOf(thread) - cpuBefore >= terms.cpuNanos();
    }

    /** A thread that waits for a lock of ours is as good as running: it waits for microseconds. */
    private boolean isWaiting() {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
    }

    private void judge(Appetite appetite) {
        if (runnableLooks >= COMPUTING_LOOKS && !computes) {
            computes = true;
            appetite.devoured();
        }
        boolean counts = !waits && (counted || computes);
        if (counts && !counted) {
            appetite.begin();
        } else if (counted && !counts) {
            appetite.end();
        }
        counted = counts;
    }

    /** Whether the run that was last looked at waited then; on the clock's thread. */
    boolean waits() {
        return waits;
    }

    /** Whether the run that started then waits, or has been at it for a while. */
    boolean leavesItsPlace(long started) {
        return started == runStarted && (waits || runnableLooks >= PLACE_LOOKS);
    }
}
