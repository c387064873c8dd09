package dev.mayfly.kafka;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave notes for a subscription's loop, and who wakes it.
 *
 * <p>Notes are a stack of themselves: putting one is a compare-and-set and allocates nothing. The
 * loop takes all at once and reads the oldest first.
 *
 * <p>A loop that sleeps says how many notes are worth waking it for. With short runs that is a good
 * part of those under way: waking it for each would cost more than the run. No wake-up is lost: who
 * puts a note looks afterwards whether the loop sleeps, the loop says that it sleeps and then looks
 * at the notes.
 */
final class Inbox {
    private static final int AWAKE = 0;
    private static final int POLLING = 1;
    private static final int PARKED = 2;

    private final AtomicReference<@Nullable Note> newest = new AtomicReference<>();
    private final AtomicInteger sleep = new AtomicInteger();
    private volatile int enough = 1;
    private volatile Runnable endPoll = () -> {};
    private volatile @Nullable Thread loop;

    /** From now on {@code endPoll} wakes a loop, the calling thread, that polls. */
    void belongTo(Runnable endPoll) {
        this.endPoll = endPoll;
        loop = Thread.currentThread();
    }

    /** Any thread. Wakes the loop if there are enough notes now, or at once if it is urgent. */
    void put(Note note, boolean urgent) {
        Note top;
        do {
            top = newest.get();
            note.before = top;
            note.depth = top == null ? 1 : top.depth + 1;
        } while (!newest.compareAndSet(top, note));
        if (urgent || note.depth >= enough) {
            wake();
        }
    }

    /** Ends the loop's sleep, if it sleeps; any thread. */
    void wake() {
        int how = sleep.get();
        if (how != AWAKE && sleep.compareAndSet(how, AWAKE)) {
            if (how == POLLING) {
                endPoll.run();
            } else {
                LockSupport.unpark(loop);
            }
        }
    }

    /** Reads all notes, oldest first; on the loop's thread. Whether there was any. */
    boolean take() {
        Note oldest = oldestFirst(newest.getAndSet(null));
        for (Note note = oldest; note != null; ) {
            Note next = note.before;
            note.before = null;
            note.arrived();
            note = next;
        }
        return oldest != null;
    }

    private static @Nullable Note oldestFirst(@Nullable Note top) {
        Note oldest = null;
        for (Note note = top; note != null; ) {
            Note older = note.before;
            note.before = oldest;
            oldest = note;
            note = older;
        }
        return oldest;
    }

    /**
     * The loop is about to poll; false if it had better not wait, for there are notes enough. To be
     * followed by {@link #rise}.
     *
     * @param notes how many are worth waking for
     */
    boolean lieDown(int notes) {
        enough = notes;
        return sleepAs(POLLING, notes);
    }

    private boolean sleepAs(int how, int notes) {
        sleep.set(how);
        Note top = newest.get();
        return top == null || top.depth < notes;
    }

    /** The loop does not sleep any more. */
    void rise() {
        sleep.set(AWAKE);
    }

    /** Sleeps without a poll until there is a note or the time is over; on the loop's thread. */
    void park(long nanos) {
        enough = 1;
        if (sleepAs(PARKED, 1)) {
            LockSupport.parkNanos(this, nanos);
        }
        rise();
    }
}
