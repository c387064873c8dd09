package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The look of a thread for more work before it sleeps.
 *
 * <p>To wake a sleeping thread costs its waker a system call and, where the other processor sleeps
 * too, an interrupt there; and the thread runs microseconds later: more than many a run takes. A
 * thread that still looks is there at once. With each look it offers its processor to whoever wants
 * one, so it spends time that nobody else has a use for.
 *
 * <p>One thread at a time, and as long as it pays: after a look in vain one is left out, after a
 * second three, and so on, up to {@link #MOST_LEFT_OUT}. Who has a request every now and then pays
 * next to nothing. A look that took far longer than it should was paused by threads with more to
 * do, and counts as many in vain.
 */
final class Lingering {
    /** Long enough for a client on the same machine to ask again. */
    static final long NANOS = 100_000;

    /** By so much a look is longer than it should be where processors have other work. */
    static final long PAUSE_NANOS = 1_000_000;

    static final int MOST_LEFT_OUT = 63;

    private final boolean on;
    private final LongSupplier clock;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Of whoever has {@link #taken}, as the next. */
    private int next;

    /** Looks to be left out. */
    private int leftOut;

    /** Nobody looks unless it is {@code on}. The {@code clock} is one of nanoseconds. */
    Lingering(boolean on, LongSupplier clock) {
        this.on = on;
        this.clock = clock;
    }

    /** What {@code source} gives within a moment; null if that is nothing, or nobody looked. */
    <T> @Nullable T look(Supplier<@Nullable T> source) {
        if (!on || taken.get() || !taken.compareAndSet(false, true)) {
            return null;
        }
        try {
            return pays() ? await(source) : null;
        } finally {
            taken.set(false);
        }
    }

    private boolean pays() {
        if (leftOut == 0) {
            return true;
        }
        leftOut--;
        return false;
    }

    // To yield is what makes the look cheap; no thread depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    private <T> @Nullable T await(Supplier<@Nullable T> source) {
        long begun = clock.getAsLong();
        long passed;
        T found;
        do {
            Thread.yield();
            found = source.get();
            passed = clock.getAsLong() - begun;
        } while (found == null && passed < NANOS);
        learn(found != null, passed);
        return found;
    }

    private void learn(boolean found, long nanos) {
        if (nanos >= NANOS + PAUSE_NANOS) {
            next = MOST_LEFT_OUT;
        } else {
            next = found ? 0 : Math.min(2 * next + 1, MOST_LEFT_OUT);
        }
        leftOut = next;
    }
}
