package dev.mayfly.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A platform thread that runs guests, one at a time, until its crew is closed or lets it go. */
class GuestThread extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(GuestThread.class);

    private final Crew crew;
    private final int number;
    private final Notes notes = new Notes(this);
    private volatile boolean roused;
    private volatile boolean dismissed;

    /** What runs on this thread; written by the thread, read by the clock. */
    private volatile @Nullable GuestRun current;

    /** Whose turn it is; written by the thread, read by the clock. */
    private volatile @Nullable Traffic serving;

    GuestThread(Crew crew, int number, String name, long stackBytes) {
        super(null, null, name, stackBytes, false);
        this.crew = crew;
        this.number = number;
        setDaemon(true);
    }

    int number() {
        return number;
    }

    @Nullable GuestRun current() {
        return current;
    }

    @Nullable Traffic serving() {
        return serving;
    }

    /** What the clock has seen of the run on this thread. */
    Notes notes() {
        return notes;
    }

    @Override
    public void run() {
        for (Traffic turn = crew.take(this); turn != null; turn = crew.take(this)) {
            serving = turn;
            serve(turn);
            serving = null;
        }
    }

    // The top of the thread: it outlives every mistake of ours, or a slow leak of threads would
    // end the gateway.
    @SuppressWarnings("IllegalCatch")
    private void serve(Traffic turn) {
        try {
            turn.serve(this);
        } catch (Throwable t) {
            LOG.error("{}: a turn broke off", turn.id(), t);
        }
    }

    /** Shows {@code run} to the clock, and makes sure that the clock looks. */
    void show(GuestRun run) {
        current = run;
        crew.clock().rouse();
    }

    /**
     * After a run that no one can interrupt any more: takes it from the clock's sight and clears
     * the interrupt flag, which the next run must never see.
     */
    void calm() {
        current = null;
        clearFlag();
    }

    /** By itself, so that a test can leave it out and see that other tests notice. */
    void clearFlag() {
        Thread.interrupted();
    }

    void lieDown() {
        roused = false;
    }

    void sleep() {
        while (!roused && !crew.closed()) {
            LockSupport.park(crew);
        }
    }

    void rouse() {
        roused = true;
        LockSupport.unpark(this);
    }

    /** Ends the thread, which lies idle and is on no stack any more. */
    void dismiss() {
        dismissed = true;
        rouse();
    }

    boolean dismissed() {
        return dismissed;
    }

    /** Whether a turn of another function, or another one of this, waits for a thread. */
    boolean othersWait() {
        return crew.hasTurns();
    }
}
