package dev.mayfly.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads that wake cold functions: as many as cores, since a wake-up is mostly work for the
 * processor. A function is sent once for all runs that wait for it, so there are never more in the
 * queue than there are functions.
 */
final class Wakers implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    Thread.ofPlatform().daemon().name("mayfly-wake-", 0).factory());

    /** Wakes {@code cold} soon; any thread, never blocks. */
    void send(Residence cold) {
        try {
            threads.execute(cold::wakeUp);
        } catch (RejectedExecutionException e) {
            cold.stayAsleep();
        }
    }

    /** Breaks wake-ups off; those that have not begun never will, their functions are closed. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
