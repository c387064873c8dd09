package dev.mayfly.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The newest runs for records; the oldest make room. Subscriptions write to it, from a few threads:
 * the lock is free nearly always.
 */
final class EventRing {
    private final int most;
    private final Deque<KeptEvent> events = new ArrayDeque<>();

    EventRing(int most) {
        this.most = most;
    }

    synchronized void add(KeptEvent event) {
        if (most > 0) {
            if (events.size() == most) {
                events.removeFirst();
            }
            events.addLast(event);
        }
    }

    synchronized List<KeptEvent> all() {
        return List.copyOf(events);
    }
}
