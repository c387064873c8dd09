package dev.mayfly.pool;

import java.util.IdentityHashMap;

/**
 * What functions use together, counted in the budget once: classes and modules, images. It is told
 * apart by identity, since that is what the heap holds.
 */
final class Commons {
    /**
     * Heap and metaspace of a module for each byte of its class files and its binary without code:
     * 1.76 to 1.88 were measured, see docs/adr/0012.
     */
    private static final long CLASS_WEIGHT = 2;

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
        if (!hold(snapshot.module(), classBytes(snapshot))) {
            return false;
        }
        if (!hold(snapshot.state(), snapshot.bytes())) {
            drop(snapshot.module());
            return false;
        }
        return true;
    }

    void drop(Snapshot snapshot) {
        drop(snapshot.state());
        drop(snapshot.module());
    }

    /** What the classes of {@code snapshot} and its module take. */
    static long classBytes(Snapshot snapshot) {
        return CLASS_WEIGHT * snapshot.module().bytes();
    }

    /** What {@code snapshot} takes, its sandboxes left aside. */
    static long bytes(Snapshot snapshot) {
        return classBytes(snapshot) + snapshot.bytes();
    }

    /** Bytes of all images. */
    long images() {
        return bytes(FrozenState.class);
    }

    /** Bytes of all classes and modules. */
    long classes() {
        return bytes(CompiledModule.class);
    }

    private long bytes(Class<?> kind) {
        synchronized (parts) {
            return parts.entrySet().stream()
                    .filter(each -> kind.isInstance(each.getKey()))
                    .mapToLong(each -> each.getValue().bytes)
                    .sum();
        }
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
