package dev.mayfly.gateway;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way to the writer. Whoever logs takes no lock and wakes nobody, but for the
 * first entry after a while: to wake a thread costs a request more than all of its line.
 *
 * <pre>
 *   add ─► queue ─► poll         the writer, a batch after the other, {@link #GATHER} apart
 *            └─ was it resting? wake it
 * </pre>
 */
final class LogQueue {
    private static final int MOST_WAITING = 8192;

    /** How old a line may grow, in nanoseconds, for others to be written with it. */
    private static final long GATHER = 8_000_000;

    private static final VarHandle RESTING;

    static {
        try {
            RESTING =
                    MethodHandles.lookup().findVarHandle(LogQueue.class, "resting", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MpscAtomicArrayQueue<LogEntry> entries = new MpscAtomicArrayQueue<>(MOST_WAITING);

    private final LongAdder dropped = new LongAdder();

    /** Set by the reader when it finds nothing, and taken back by whoever wakes it. */
    private volatile boolean resting;

    /** Set by the reader before it rests for the first time. */
    private volatile @Nullable Thread reader;

    /** Takes an entry if there is room, else counts it; any thread, never blocks. */
    void add(LogEntry entry) {
        if (!put(entry)) {
            dropped.increment();
        }
    }

    /** {@return whether there was room} Any thread, never blocks. */
    boolean put(LogEntry entry) {
        boolean room = entries.offer(entry);
        VarHandle.fullFence(); // either this sees that the reader rests, or the reader the entry
        if (resting && RESTING.compareAndSet(this, true, false)) {
            LockSupport.unpark(reader);
        }
        return room;
    }

    /** {@return how many found no room so far} Any thread. */
    long dropped() {
        return dropped.sum();
    }

    /** {@return the oldest; null if there is none} The reader's. */
    @Nullable LogEntry poll() {
        return entries.poll();
    }

    /** Waits for a batch to gather; the reader's. */
    void gather() throws InterruptedException {
        LockSupport.parkNanos(this, GATHER);
        throwIfInterrupted();
    }

    /** Waits for an entry, however long; the reader's. */
    void rest() throws InterruptedException {
        reader = Thread.currentThread();
        resting = true;
        VarHandle.fullFence();
        while (resting && entries.isEmpty()) {
            LockSupport.park(this);
            throwIfInterrupted();
        }
        resting = false;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
