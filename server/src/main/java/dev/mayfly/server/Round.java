package dev.mayfly.server;

import dev.mayfly.registry.UnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, on a thread of its own, until it is closed. That the database
 * does not answer is nothing new to whoever reads the log; the next time may be better.
 */
final class Round implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final Duration pause;
    private final Runnable task;
    private final Thread thread;

    /** Guarded by this. */
    private boolean isEnded;

    private boolean isWanted;

    private Round(Duration pause, String name, Runnable task) {
        this.pause = pause;
        this.task = task;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins after the first pause. */
    static Round every(Duration pause, String name, Runnable task) {
        Round round = new Round(pause, name, task);
        round.thread.start();
        return round;
    }

    /** Does it as soon as possible, without waiting for the pause to be over. */
    synchronized void soon() {
        isWanted = true;
        notifyAll();
    }

    private void run() {
        while (isNext()) {
            try {
                task.run();
            } catch (UnavailableException e) {
                LOG.debug("{} waits for the database", thread.getName(), e);
            } catch (RuntimeException e) {
                LOG.error("{} failed", thread.getName(), e);
            }
        }
    }

    private synchronized boolean isNext() {
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toMillis();
        try {
            while (!isEnded && !isWanted && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            isEnded = true;
        }
        isWanted = false;
        return !isEnded;
    }

    /** No more after what is under way; does not wait for it. */
    synchronized void end() {
        isEnded = true;
        notifyAll();
    }

    /** No more; returns when nothing is under way. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
