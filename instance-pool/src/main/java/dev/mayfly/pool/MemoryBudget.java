package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all functions may take together. Any thread. */
class MemoryBudget {
    private final long bytes;
    private final Relief relief;
    private final AtomicLong used = new AtomicLong();

    /** Makes room when there is none. */
    @FunctionalInterface
    interface Relief {
        /** Whether {@code bytes} were left at some moment; may block for a little. */
        boolean relieve(MemoryBudget budget, long bytes);
    }

    /** How a runtime makes its own; tests put a faulty one in its place. */
    @FunctionalInterface
    interface Maker {
        MemoryBudget make(long bytes, Relief relief);
    }

    /** Without relief: what is taken is taken. */
    MemoryBudget(long bytes) {
        this(bytes, (_, _) -> false);
    }

    MemoryBudget(long bytes, Relief relief) {
        this.bytes = bytes;
        this.relief = relief;
    }

    /** Takes {@code more} bytes; false, and takes none, when they cannot be had. May block. */
    boolean reserve(long more) {
        while (!take(more)) {
            if (more > bytes || !relief.relieve(this, more)) {
                return false;
            }
        }
        return true;
    }

    /** Takes {@code more} bytes if they are left; never blocks. */
    boolean take(long more) {
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

    long left() {
        return bytes - used.get();
    }
}
