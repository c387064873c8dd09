package dev.mayfly.gateway;

import dev.mayfly.pool.Patience;
import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has an event loop that finds nothing to do look on for a moment before it sleeps: whoever brings
 * an answer need not wake it then. With each look it offers its processor to whoever wants one.
 *
 * <p>As long as it pays ({@link Patience}).
 */
final class Lingering implements SelectStrategy {
    /** Each look is a system call: beyond this they cost what is won. */
    private static final long NANOS = 20_000;

    /** Set before connections come; without it the loop sleeps at once. */
    private volatile @Nullable Loop loop;

    /** The loop's. */
    private Patience patience = Patience.FRESH;

    /** Any thread. */
    void bind(Loop of) {
        loop = of;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        @Nullable Loop mine = loop;
        if (mine == null) {
            return SELECT;
        }
        if (patience.looks()) {
            return look(mine, selectNow);
        }
        patience = patience.waited();
        return SELECT;
    }

    // To yield is what makes the look cheap; no thread depends on it.
    @SuppressWarnings("ThreadPriorityCheck")
    private int look(Loop mine, IntSupplier selectNow) throws Exception {
        long end = System.nanoTime() + NANOS;
        int ready;
        boolean answers;
        mine.linger();
        try {
            do {
                Thread.yield();
                ready = selectNow.get();
            } while (ready == 0 && !mine.hasAnswers() && System.nanoTime() - end < 0);
        } finally {
            answers = mine.lingered();
        }
        boolean found = ready > 0 || answers;
        patience = patience.after(found);
        return found ? ready : SELECT;
    }
}
