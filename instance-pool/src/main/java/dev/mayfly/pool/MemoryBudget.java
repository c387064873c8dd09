package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all sandboxes and images may take together. Any thread. */
final class MemoryBudget {
    private final long bytes;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Takes {@code more} bytes; false, and takes none, when they are not left. */
    boolean reserve(long more) {
        for (; ; ) {
            long now = used.get();
            if (more > bytes - now) {
                return false;
            }
            if (used.compareAndSet(now, now + more)) {
                return true;
            }
        }
    }

    void release(long less) {
        used.addAndGet(-less);
    }

    long bytes() {
        return bytes;
    }

    long used() {
        return used.get();
    }
}
