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
 * <p>One thread at a time, and as long as it pays ({@link Patience}). A look that took far longer
 * than it should was paused by threads with more to do, and counts as many in vain.
 */
final class Lingering {
    /** Long enough for a client on the same machine to ask again. */
    static final long NANOS = 100_000;

    /** By so much a look is longer than it should be where processors have other work. */
    static final long PAUSE_NANOS = 1_000_000;

    private final boolean on;
    private final LongSupplier clock;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Of whoever has {@link #taken}. */
    private Patience patience = Patience.FRESH;

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
            if (patience.looks()) {
                return await(source);
            }
            patience = patience.waited();
            return null;
        } finally {
            taken.set(false);
        }
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
        boolean paused = passed >= NANOS + PAUSE_NANOS;
        patience = paused ? Patience.SPENT : patience.after(found != null);
        return found;
    }
}
