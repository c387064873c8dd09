package dev.mayfly.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a crew by number: as many as it has by right, and spares that come and go. All are
 * alike; spare are those that are too many. The clock's thread starts spares and dismisses threads,
 * and frees a number when its thread has ended, so that whoever closes the crew finds every thread
 * that may still live.
 */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final int regular;
    private final Spares spares;
    private final IntFunction<GuestThread> recruiter;
    private final AtomicReferenceArray<@Nullable GuestThread> threads;

    /** Guarded by this: no thread is started after the close. */
    private boolean closed;

    /** Above it no number was ever used. */
    private volatile int end;

    /** The clock's: threads started and not seen to have ended. */
    private int present;

    /** The clock's: those of them that were dismissed. */
    private int leaving;

    Roster(int regular, Spares spares, IntFunction<GuestThread> recruiter) {
        this.regular = regular;
        this.spares = spares;
        this.recruiter = recruiter;
        threads = new AtomicReferenceArray<>(regular + spares.most());
    }

    /** Starts the regular threads, all or none. */
    void fill() {
        try {
            for (int i = 0; i < regular; i++) {
                start(i);
            }
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    private synchronized void start(int number) {
        if (closed) {
            return;
        }
        GuestThread made = recruiter.apply(number);
        threads.set(number, made);
        end = Math.max(end, number + 1);
        try {
            made.start();
        } catch (OutOfMemoryError e) {
            threads.set(number, null);
            throw e;
        }
        present++;
    }

    /** Starts a spare thread; false when there is none left. */
    boolean enlist() {
        if (!spares.take()) {
            return false;
        }
        try {
            start(freeNumber());
            return true;
        } catch (OutOfMemoryError e) {
            spares.exhaust();
            LOG.warn("the system has no room for more than {} guest threads", present, e);
            return false;
        }
    }

    /** There is one: no more threads are present than regular and spare ones together. */
    private int freeNumber() {
        int number = 0;
        while (threads.get(number) != null) {
            number++;
        }
        return number;
    }

    /** Lets an idle thread go that nobody else can wake. */
    void dismiss(GuestThread idle) {
        leaving++;
        idle.dismiss();
    }

    /** Frees the numbers of the dismissed that have ended. */
    void strikeOff() {
        for (int i = 0; leaving > 0 && i < end; i++) {
            GuestThread thread = threads.get(i);
            if (thread != null && thread.dismissed() && !thread.isAlive()) {
                threads.set(i, null);
                leaving--;
                present--;
                spares.giveBack();
            }
        }
    }

    /** Threads that stay; on the clock's thread. */
    int staying() {
        return present - leaving;
    }

    /** What the threads do, of whose runs {@code slow} are stood in for; any thread. */
    RuntimeStats.Threads activity(int slow) {
        int all = 0;
        int running = 0;
        for (int i = 0; i < end; i++) {
            GuestThread thread = threads.get(i);
            all += thread != null ? 1 : 0;
            running += thread != null && thread.current() != null ? 1 : 0;
        }
        int blocked = Math.min(slow, running);
        return new RuntimeStats.Threads(running - blocked, blocked, all - running);
    }

    boolean hasSpares() {
        return present > regular;
    }

    int regular() {
        return regular;
    }

    /** Most there may ever be. */
    int most() {
        return threads.length();
    }

    /** All numbers in use are below it. */
    int end() {
        return end;
    }

    @Nullable GuestThread thread(int number) {
        return threads.get(number);
    }

    /** Lets the threads go once they have no turn. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        for (int i = 0; i < end; i++) {
            LockSupport.unpark(threads.get(i));
        }
    }

    /** Cancels what runs now. */
    void cancelAll() {
        for (int i = 0; i < end; i++) {
            GuestThread thread = threads.get(i);
            GuestRun run = thread == null ? null : thread.current();
            if (run != null) {
                run.cancel();
            }
        }
    }

    /** Waits for the threads to end; false when {@code limit} passed first. */
    boolean join(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (int i = 0; i < end; i++) {
            GuestThread thread = threads.get(i);
            long left = until - System.nanoTime();
            if (thread != null
                    && thread.isAlive()
                    && (left <= 0 || !thread.join(Duration.ofNanos(left)))) {
                return false;
            }
        }
        return true;
    }
}
