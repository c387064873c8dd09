package dev.mayfly.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one step of a load on a thread of its own, with a stack of its own and for a limited time.
 * What the step throws, errors included, comes back as the cause of an {@link ExecutionException}.
 */
final class LoadThread {
    /** How long an interrupted step may take to notice. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private LoadThread() {}

    /**
     * Waits until {@code step} has ended or was interrupted for taking longer than {@code limit}.
     *
     * @throws TimeoutException when it took longer
     */
    static <T> T run(FunctionId id, Duration limit, long stackBytes, Callable<T> step)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(step);
        Thread thread = new Thread(null, task, "mayfly-load-" + id.function(), stackBytes, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!task.isDone()) {
                thread.interrupt();
            }
            thread.join(GRACE);
        }
    }
}
