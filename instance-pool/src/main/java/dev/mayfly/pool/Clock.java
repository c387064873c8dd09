package dev.mayfly.pool;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that watches time: deadlines, CPU time, runs that were asked to stop, ticks and queue
 * timeouts; and who waits or computes for long, so that others stand in (see {@link Crew}).
 *
 * <p>It looks at all guest threads every {@link #TICK_NANOS} and at waiting runs every {@link
 * #QUEUE_TICKS}th time. When nothing has run for {@link #IDLE_TICKS} looks it sleeps, and the next
 * run wakes it. A run costs it nothing but one read of a field that rarely changes. The long wait
 * before it sleeps keeps a function that runs a few microseconds in each tick from waking it
 * hundreds of times a second.
 *
 * <p>A look takes some 100 ns per running guest, so 30 µs in 2 ms with 256 that wait.
 */
final class Clock extends Thread {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int QUEUE_TICKS = 4;
    private static final int IDLE_TICKS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Clock.class);

    private final Supplier<List<Crew>> crews;
    private final Shares shares = new Shares(Runtime.getRuntime().availableProcessors());
    private volatile boolean asleep;
    private volatile boolean closed;

    /** Watches the crews that {@code crews} lists at each look. */
    Clock(Supplier<List<Crew>> crews) {
        super("mayfly-clock");
        this.crews = crews;
        setDaemon(true);
    }

    /** Wakes the clock if it sleeps. */
    void rouse() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(this);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(this);
    }

    @Override
    public void run() {
        Notes.prepare();
        int idle = 0;
        for (int tick = 0; !closed; tick++) {
            LockSupport.parkNanos(this, TICK_NANOS);
            idle = look(tick) ? 0 : idle + 1;
            if (idle == IDLE_TICKS) {
                idle = 0;
                sleep();
            }
        }
    }

    /** Looks once; whether there was anything to watch. */
    // The top of the thread: a clock that died would leave every guest without a deadline.
    @SuppressWarnings("IllegalCatch")
    private boolean look(int tick) {
        try {
            boolean queues = tick % QUEUE_TICKS == 0;
            boolean busy = false;
            for (Crew crew : crews.get()) {
                busy |= watch(crew);
                if (queues) {
                    expire(crew);
                }
            }
            shares.settle(System.nanoTime());
            return busy;
        } catch (Throwable t) {
            LOG.error("the clock failed", t);
            return true;
        }
    }

    private boolean watch(Crew crew) {
        long now = System.nanoTime();
        Roster roster = crew.roster();
        int running = 0;
        int slow = 0;
        for (int i = 0; i < roster.end(); i++) {
            GuestThread thread = roster.thread(i);
            GuestRun run = thread == null ? null : thread.current();
            if (thread != null && run != null) {
                running++;
                if (run.watch(now, thread.notes())) {
                    slow++;
                    run.traffic().useTurns();
                }
                if (!thread.notes().waits()) {
                    shares.saw(run.traffic(), now);
                }
            }
        }
        crew.reinforce(slow);
        return running > 0 || crew.hasTurns() || roster.hasSpares();
    }

    /** Every function with a waiting run has a turn in the queue or on a thread. */
    private static void expire(Crew crew) {
        long now = System.nanoTime();
        for (Traffic traffic : crew.turns()) {
            traffic.expire(now);
        }
        Roster roster = crew.roster();
        for (int i = 0; i < roster.end(); i++) {
            GuestThread thread = roster.thread(i);
            Traffic traffic = thread == null ? null : thread.serving();
            if (traffic != null) {
                traffic.expire(now);
            }
        }
    }

    private void sleep() {
        shares.forget();
        asleep = true;
        // A run that began before it could see `asleep` is seen here.
        if (look(0)) {
            asleep = false;
        }
        while (asleep && !closed) {
            LockSupport.park(this);
        }
    }
}
