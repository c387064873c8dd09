package dev.mayfly.server;

import java.util.concurrent.Semaphore;

/** Places of those who wait for log lines: who follows logs must not keep others from deploying. */
final class WaitingPlaces {
    private final Semaphore free;

    WaitingPlaces(int most) {
        free = new Semaphore(most);
    }

    /** What may wait for log lines; blocks. */
    @FunctionalInterface
    interface Reading {
        Answer answer() throws InterruptedException;
    }

    /** What {@code reading} answers, or that all places are taken. */
    Answer within(Reading reading) {
        if (!free.tryAcquire()) {
            return Answer.refused(
                    Refusal.of(Kind.BUSY, "as many requests wait for log lines as may")
                            .with("retry-after", "1"));
        }
        try {
            return without(reading);
        } finally {
            free.release();
        }
    }

    /** What {@code reading} answers that waits for nothing. */
    static Answer without(Reading reading) {
        try {
            return reading.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lines", e);
        }
    }
}
