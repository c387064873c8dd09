package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Links the classes that a request reaches while the wake-up that found them goes on, so that the
 * first guest finds them ready: to define and verify them is half of what a first request waits
 * for.
 *
 * <p>For one module at a time. When wake-ups come faster, all cores have work already, and each
 * guest links what it reaches, no more.
 */
final class Forerun {
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Begins with {@code classes}, or leaves them to their guest; never blocks. */
    void begin(GuestClasses classes) {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("mayfly-forerun").start(() -> link(classes));
        }
    }

    private void link(GuestClasses classes) {
        try {
            classes.linkAhead();
        } finally {
            busy.set(false);
        }
    }
}
