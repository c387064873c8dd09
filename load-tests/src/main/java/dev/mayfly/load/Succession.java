package dev.mayfly.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was live, step by step, and which gateway was seen at which step.
 *
 * <pre>
 *   step      0   1   2   3   4        a connection that saw 7, 9, 7 is at step 3;
 *   word      7   8   9   7   5        if it sees 9 now, time went backwards
 *                         '-- a roll back
 * </pre>
 *
 * Any thread.
 */
final class Succession {
    private final int gateways;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sighted = lock.newCondition();

    /** What each step says of itself. */
    private final List<Integer> words = new ArrayList<>();

    /** When each gateway first answered as of each step. */
    private final List<Map<Integer, Instant>> sightings = new ArrayList<>();

    Succession(int gateways) {
        this.gateways = gateways;
    }

    /** Goes on to {@code word}: from now on it may be seen. */
    int next(int word) {
        lock.lock();
        try {
            words.add(word);
            sightings.add(new HashMap<>());
            return words.size() - 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every gateway was seen at {@code step}.
     *
     * @return when the last of them was
     * @throws IllegalStateException when one is not for {@code patience}
     */
    Instant awaitEverywhere(int step, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            Map<Integer, Instant> seen = sightings.get(step);
            while (seen.size() < gateways) {
                if (left <= 0) {
                    throw new IllegalStateException(
                            "step " + step + " is not served everywhere after " + patience);
                }
                left = sighted.awaitNanos(left);
            }
            return Collections.max(seen.values());
        } finally {
            lock.unlock();
        }
    }

    /** What one connection to a gateway sees. One thread. */
    final class Observer {
        private final int gateway;
        private int at;

        Observer(int gateway) {
            this.gateway = gateway;
        }

        /** Whether {@code word} can come after what was seen before. */
        boolean sees(int word) {
            lock.lock();
            try {
                int step = from(at, word);
                boolean forwards = step < words.size();
                at = forwards ? step : Math.max(0, words.lastIndexOf(word));
                if (forwards && sightings.get(at).putIfAbsent(gateway, Instant.now()) == null) {
                    sighted.signalAll();
                }
                return forwards;
            } finally {
                lock.unlock();
            }
        }

        private int from(int first, int word) {
            int step = first;
            while (step < words.size() && words.get(step) != word) {
                step++;
            }
            return step;
        }
    }
}
