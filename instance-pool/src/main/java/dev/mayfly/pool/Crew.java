package dev.mayfly.pool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
 * time, or {@link Lingering for a moment}, then lies down on the stack of idle threads. Whoever
 * adds a turn calls {@link #wake()} after its batch: it does nothing while somebody searches, else
 * it takes the thread that lay down last and counts it as searching in its name. The last searcher
 * that finds a turn wakes the next thread if turns are left. So threads start one after the other,
 * as many as there is work for, and a burst costs its sender one system call at most. No wake-up is
 * lost: the sender adds and then reads the count, the thread lowers the count and then looks at the
 * queue.
 *
 * <p><b>Not too many.</b> No more threads are woken than there are processors: one more would only
 * take one from those that work, and waking it costs more than a short run does. At each tick the
 * clock wakes one thread more as long as a turn waits, up to the crew's size.
 *
 * <p><b>Standing in.</b> A run that waits (for its body, its reader, a clock) or that has computed
 * for a tick may keep its thread for seconds: it counts no longer, and another thread takes its
 * place. When all are taken like that, spare threads are started, {@link Spares} at most; with
 * those gone too, turns wait for the runs that have the threads. A run whose wait is over goes on
 * at once, so for a moment there may be more than there are places. Nobody tells the crew that it
 * waits: the clock sees it by the state of the thread, so a wait shorter than a look, and a run
 * that never waits, costs nothing.
 */
final class Crew {
    /** Spares started in one look: some 100 µs each, on the thread that keeps the deadlines. */
    private static final int MOST_STARTS = 8;

    /** A spare thread stays for a second after it was needed. */
    private static final int LINGER_LOOKS = (int) (1_000_000_000 / Clock.TICK_NANOS);

    private final ConcurrentLinkedQueue<Traffic> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger searching = new AtomicInteger();

    private final Lingering lingering;
    private final IdleThreads idle;
    private final Roster roster;
    private final Clock clock;

    /** Threads that do not lie on the stack of idle ones, or a few more. */
    private final AtomicInteger awake = new AtomicInteger();

    /** So many threads that run guests keep the processors busy. */
    private final int enough = Runtime.getRuntime().availableProcessors();

    /** Runs that others stand in for; written by the clock. */
    private volatile int slow;

    /** The clock's: for how many looks there have been more threads than places. */
    private int surplusLooks;

    private volatile boolean closed;

    /** Makes its threads with {@code recruiter}, given this crew and their numbers. */
    Crew(
            int size,
            Spares spares,
            Lingering lingering,
            Clock clock,
            BiFunction<Crew, Integer, GuestThread> recruiter) {
        this.lingering = lingering;
        this.clock = clock;
        roster = new Roster(size, spares, number -> recruiter.apply(this, number));
        idle = new IdleThreads(roster.most());
    }

    /** Starts the threads, all or none. */
    void start() {
        awake.addAndGet(size());
        roster.fill();
    }

    /** Threads without the spare ones. */
    int size() {
        return roster.regular();
    }

    /** Threads with all the spare ones there may be. */
    int most() {
        return roster.most();
    }

    Roster roster() {
        return roster;
    }

    /** What its threads do at this moment. */
    RuntimeStats.Threads activity() {
        return roster.activity(slow);
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

    private boolean rouseNext() {
        GuestThread next = pop();
        if (next != null) {
            awake.incrementAndGet();
            searching.incrementAndGet();
            next.rouse();
        }
        return next != null;
    }

    /**
     * The clock's look: {@code slowRuns} give their places to other threads from now on. If turns
     * wait for a place, one more thread is woken, or spares are started.
     */
    void reinforce(int slowRuns) {
        slow = slowRuns;
        int places = size() + slowRuns;
        int free = places - awake.get();
        if (free > 0 && hasTurns() && searching.get() == 0 && !rouseNext()) {
            enlist(Math.min(free, waitingTurns()));
        }
        relieve(places);
    }

    private void enlist(int spares) {
        for (int i = 0; i < spares; i++) {
            awake.incrementAndGet();
            if (!roster.enlist()) {
                awake.decrementAndGet();
                return;
            }
        }
    }

    /** Turns in the queue, {@link #MOST_STARTS} at most. */
    private int waitingTurns() {
        int count = 0;
        for (var each = turns.iterator(); count < MOST_STARTS && each.hasNext(); count++) {
            each.next();
        }
        return count;
    }

    /** Lets one thread go that has been too many for long. */
    private void relieve(int places) {
        roster.strikeOff();
        if (roster.staying() <= places) {
            surplusLooks = 0;
        } else if (++surplusLooks > LINGER_LOOKS) {
            GuestThread least = pop();
            if (least != null) {
                roster.dismiss(least);
            }
        }
    }

    /** The next turn for {@code thread}, waiting for one if need be; null when it must end. */
    @Nullable Traffic take(GuestThread thread) {
        Traffic turn = turns.poll();
        return turn != null ? turn : search(thread);
    }

    private @Nullable Traffic search(GuestThread thread) {
        searching.incrementAndGet();
        while (!closed) {
            Traffic turn = lookAgain();
            if (turn != null) {
                found();
                return turn;
            }
            thread.lieDown();
            idle.push(thread.number());
            awake.decrementAndGet();
            searching.decrementAndGet();
            wake();
            thread.sleep();
            if (thread.dismissed()) {
                return null;
            }
            // Whoever took this thread off the stack has counted it as searching.
        }
        return null;
    }

    private @Nullable Traffic lookAgain() {
        Traffic turn = turns.poll();
        return turn != null ? turn : lingering.look(turns::poll);
    }

    private void found() {
        if (searching.decrementAndGet() == 0) {
            wake();
        }
    }

    private @Nullable GuestThread pop() {
        int number = idle.pop();
        return number == IdleThreads.NONE ? null : roster.thread(number);
    }

    boolean closed() {
        return closed;
    }

    /** Lets the threads go once they have no turn. */
    void close() {
        closed = true;
        roster.close();
    }
}
