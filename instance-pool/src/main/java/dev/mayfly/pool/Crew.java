package dev.mayfly.pool;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Guest threads of one stack size, and the queue of turns they share.
 *
 * <p>A turn is the right to run something of one function; a function has as many as it has
 * concurrency, so a flood at one function never makes the queue longer than that. Threads take
 * turns from the front and put them back at the end: round robin between functions.
 *
 * <p><b>Waking.</b> A thread that finds no turn counts as <i>searching</i> while it looks a second
 * time, then lies down on the stack of idle threads. Whoever adds a turn calls {@link #wake()}
 * after its batch: it does nothing while somebody searches, else it takes the thread that lay down
 * last and counts it as searching in its name. The last searcher that finds a turn wakes the next
 * thread if turns are left. So threads start one after the other, as many as there is work for, and
 * a burst costs its sender one system call at most. No wake-up is lost: the sender adds and then
 * reads the count, the thread lowers the count and then looks at the queue.
 *
 * <p><b>Not too many.</b> No more threads are woken than there are processors: one more would only
 * take one from those that work, and waking it costs more than a short run does. A run that the
 * clock has seen for a whole tick counts no longer, since it may keep its thread for seconds, and
 * at each tick the clock wakes one thread more as long as a turn waits. So behind runs that turn
 * out to be long a turn waits for one tick, and the next ones do not.
 */
final class Crew {
    private final ConcurrentLinkedQueue<Traffic> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger searching = new AtomicInteger();

    /**
     * The stack of idle threads: low half the top's number plus one, 0 for none; high half counts
     * the pushes, so that a top which left and came back is not taken for one that stayed.
     */
    private final AtomicLong idle = new AtomicLong();

    /** By thread: what lies below it on the stack. Written by the thread before its push. */
    private final int[] below;

    private final GuestThread[] threads;
    private final Clock clock;

    /** Threads that do not lie on the stack of idle ones, or a few more. */
    private final AtomicInteger awake;

    /** So many threads that run guests keep the processors busy. */
    private final int enough = Runtime.getRuntime().availableProcessors();

    /** Runs that have lasted for a tick and longer; written by the clock. */
    private volatile int slow;

    private volatile boolean closed;

    /** Makes the threads with {@code recruiter}, given this crew and their numbers. */
    Crew(int size, Clock clock, BiFunction<Crew, Integer, GuestThread> recruiter) {
        this.clock = clock;
        below = new int[size];
        threads = new GuestThread[size];
        awake = new AtomicInteger(size);
        for (int i = 0; i < size; i++) {
            threads[i] = recruiter.apply(this, i);
        }
    }

    /** Starts the threads, all or none. */
    void start() {
        try {
            for (GuestThread thread : threads) {
                thread.start();
            }
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    int size() {
        return threads.length;
    }

    GuestThread thread(int number) {
        return threads[number];
    }

    Clock clock() {
        return clock;
    }

    /** Adds a turn at the end. Wakes nobody. */
    void offer(Traffic turn) {
        turns.offer(turn);
    }

    boolean hasTurns() {
        return !turns.isEmpty();
    }

    /** Whether the next turn is one of {@code function}'s too. */
    boolean nextIs(Traffic function) {
        return turns.peek() == function;
    }

    /** The turns that wait, roughly. */
    Iterable<Traffic> turns() {
        return turns;
    }

    /** Wakes a thread if there is a turn to take and nobody looks for one already. */
    void wake() {
        if (hasTurns() && searching.get() == 0 && awake.get() < enough + slow) {
            rouseNext();
        }
    }

    private void rouseNext() {
        GuestThread next = pop();
        if (next != null) {
            awake.incrementAndGet();
            searching.incrementAndGet();
            next.rouse();
        }
    }

    /**
     * The clock's look: {@code slowRuns} give their place to other threads from now on, and one
     * more is woken if a turn waits.
     */
    void reinforce(int slowRuns) {
        slow = slowRuns;
        if (hasTurns() && searching.get() == 0) {
            rouseNext();
        }
    }

    /** The next turn for {@code thread}, waiting for one if need be; null once closed. */
    @Nullable Traffic take(GuestThread thread) {
        Traffic turn = turns.poll();
        return turn != null ? turn : search(thread);
    }

    private @Nullable Traffic search(GuestThread thread) {
        searching.incrementAndGet();
        while (!closed) {
            Traffic turn = turns.poll();
            if (turn != null) {
                found();
                return turn;
            }
            thread.lieDown();
            push(thread.number());
            awake.decrementAndGet();
            searching.decrementAndGet();
            wake();
            thread.sleep();
            // Whoever took this thread off the stack has counted it as searching.
        }
        return null;
    }

    private void found() {
        if (searching.decrementAndGet() == 0) {
            wake();
        }
    }

    private void push(int number) {
        for (; ; ) {
            long top = idle.get();
            below[number] = (int) top;
            if (idle.compareAndSet(top, next(top) | (number + 1))) {
                return;
            }
        }
    }

    private @Nullable GuestThread pop() {
        for (; ; ) {
            long top = idle.get();
            if ((int) top == 0) {
                return null;
            }
            int number = (int) top - 1;
            if (idle.compareAndSet(top, next(top) | below[number])) {
                return threads[number];
            }
        }
    }

    private static long next(long top) {
        return ((top >>> 32) + 1) << 32;
    }

    boolean closed() {
        return closed;
    }

    /** Lets the threads go once they have no turn. */
    void close() {
        closed = true;
        for (GuestThread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    /** Cancels what runs now. */
    void cancelAll() {
        for (GuestThread thread : threads) {
            GuestRun run = thread.current();
            if (run != null) {
                run.cancel();
            }
        }
    }

    /** Waits for the threads to end; false when {@code limit} passed first. */
    boolean join(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (GuestThread thread : threads) {
            long left = end - System.nanoTime();
            if (thread.isAlive() && (left <= 0 || !thread.join(Duration.ofNanos(left)))) {
                return false;
            }
        }
        return true;
    }
}
