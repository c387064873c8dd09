package dev.mayfly.pool;

import java.util.IdentityHashMap;

/**
 * What functions use together, counted in the budget once: classes and modules, images. It is told
 * apart by identity, since that is what the heap holds.
 */
final class Commons {
    private final MemoryBudget budget;

    /** Guarded by itself. */
    private final IdentityHashMap<Object, Part> parts = new IdentityHashMap<>();

    /** Users of one part and what it takes. */
    private record Part(long bytes, int users) {}

    Commons(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Counts {@code snapshot} in for one more function; false, and nothing, without room. */
    boolean hold(Snapshot snapshot) {
        return hold(snapshot.memory(), snapshot.bytes());
    }

    void drop(Snapshot snapshot) {
        drop(snapshot.memory());
    }

    /** Reserves outside of the lock: what makes room for it comes back here to {@link #drop}. */
    private boolean hold(Object part, long bytes) {
        if (joins(part)) {
            return true;
        }
        if (!budget.reserve(bytes)) {
            return false;
        }
        if (!begins(part, bytes)) {
            budget.release(bytes);
        }
        return true;
    }

    private boolean joins(Object part) {
        synchronized (parts) {
            return parts.computeIfPresent(part, (_, old) -> new Part(old.bytes, old.users + 1))
                    != null;
        }
    }

    /** Whether this is the first user now. */
    private boolean begins(Object part, long bytes) {
        synchronized (parts) {
            return parts.merge(
                                    part,
                                    new Part(bytes, 1),
                                    (old, _) -> new Part(old.bytes, old.users + 1))
                            .users
                    == 1;
        }
    }

    private void drop(Object part) {
        Part left;
        synchronized (parts) {
            left = parts.remove(part);
            if (left != null && left.users > 1) {
                parts.put(part, new Part(left.bytes, left.users - 1));
            }
        }
        if (left != null && left.users == 1) {
            budget.release(left.bytes);
        }
    }
}
