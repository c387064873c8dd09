package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Divides the processors among the functions that compute. Belongs to the clock's thread.
 *
 * <pre>
 *                       processors - (1 if another function ran of late)
 *   share  =  max( 1 ,  ------------------------------------------------ )
 *                               hungry functions of late
 * </pre>
 *
 * <p>A hungry function that is alone has all processors, and never more runs that compute than
 * those: a further one would only slow the others down, and use up its own deadline. As soon as
 * others run, one processor is kept free for them, because what has begun to compute cannot be
 * interrupted for a while: a run of a millisecond finds a processor at once, not after the slice of
 * one that spins. "Of late" is a second, so that the share does not change between two requests of
 * a function that is called steadily.
 */
final class Shares {
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int processors;
    private final List<Traffic> hungry = new ArrayList<>();
    private long modestUntil = System.nanoTime();

    Shares(int processors) {
        this.processors = processors;
    }

    /** A run of {@code function} goes on, and does not wait. */
    void saw(Traffic function, long nanoTime) {
        Appetite appetite = function.appetite();
        if (!appetite.hungry()) {
            modestUntil = nanoTime + MEMORY_NANOS;
        } else if (appetite.list(nanoTime)) {
            hungry.add(function);
        }
    }

    /** Tells each hungry function its share, once a look. */
    void settle(long nanoTime) {
        if (!hungry.isEmpty()) {
            hungry.removeIf(function -> isSated(function, nanoTime - MEMORY_NANOS));
            int share = share(nanoTime);
            for (Traffic function : hungry) {
                function.appetite().share(share);
                function.useTurns();
            }
        }
    }

    /** Nothing runs any more: holds on to no function. */
    void forget() {
        for (Traffic function : hungry) {
            release(function);
        }
        hungry.clear();
    }

    private boolean isSated(Traffic function, long since) {
        Appetite appetite = function.appetite();
        if (appetite.hungry() && appetite.seenSince(since)) {
            return false;
        }
        release(function);
        return true;
    }

    private void release(Traffic function) {
        function.appetite().strikeOff();
        function.appetite().share(processors);
        function.useTurns();
    }

    private int share(long nanoTime) {
        int kept = modestUntil - nanoTime > 0 ? 1 : 0;
        return Math.max(1, (processors - kept) / Math.max(1, hungry.size()));
    }
}
