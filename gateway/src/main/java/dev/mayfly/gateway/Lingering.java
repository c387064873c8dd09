package dev.mayfly.gateway;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has an event loop that finds nothing to do look on for a moment before it sleeps: whoever brings
 * an answer need not wake it then. With each look it offers its processor to whoever wants one.
 *
 * <p>As long as it pays: after a look in vain one is left out, after a second three, and so on.
 */
final class Lingering implements SelectStrategy {
    /** Each look is a system call: beyond this they cost what is won. */
    private static final long NANOS = 20_000;

    private static final int MOST_LEFT_OUT = 63;

    /** Set before connections come; without it the loop sleeps at once. */
    private volatile @Nullable Loop loop;

    /** The loop's, as the next. */
    private int next;

    /** Looks to be left out. */
    private int leftOut;

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
        return mine != null && pays() ? look(mine, selectNow) : SELECT;
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
        next = found ? 0 : Math.min(2 * next + 1, MOST_LEFT_OUT);
        leftOut = next;
        return found ? ready : SELECT;
    }
}
