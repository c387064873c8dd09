package dev.mayfly.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How much of a streamed answer is unsent, and the guest thread that waits for less. */
final class Room {
    /** Most that may be unsent before the guest waits. */
    static final long MOST_UNSENT = 256 << 10;

    private final AtomicLong unsent = new AtomicLong();
    private volatile boolean released;
    private volatile @Nullable Thread waiter;

    void took(int bytes) {
        unsent.addAndGet(bytes);
    }

    void sent(int bytes) {
        if (unsent.addAndGet(-bytes) <= MOST_UNSENT) {
            wake();
        }
    }

    /** Nobody waits any more: the answer is over. */
    void release() {
        released = true;
        wake();
    }

    private void wake() {
        @Nullable Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    void await() throws InterruptedException {
        if (unsent.get() <= MOST_UNSENT) {
            return;
        }
        waiter = Thread.currentThread();
        try {
            while (unsent.get() > MOST_UNSENT && !released) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiter = null;
        }
    }
}
