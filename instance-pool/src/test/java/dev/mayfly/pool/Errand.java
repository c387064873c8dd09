package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** An invocation that a test sends and awaits. Counts what must not happen twice, or too late. */
class Errand implements Invocation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final byte[] input;
    private int read;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final AtomicInteger finishes = new AtomicInteger();
    private final AtomicInteger ticks = new AtomicInteger();
    private volatile boolean tickedLate;

    /** How it ended. */
    record Ended(Outcome outcome, Evidence evidence) {}

    Errand(byte[] input) {
        this.input = input;
    }

    /** For the spinner: so many rounds. */
    static Errand rounds(int rounds) {
        return new Errand(bytes(rounds));
    }

    static byte[] bytes(int rounds) {
        return new byte[] {
            (byte) rounds, (byte) (rounds >> 8), (byte) (rounds >> 16), (byte) (rounds >> 24)
        };
    }

    Ended await() {
        try {
            return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not finished within " + PATIENCE, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    Outcome outcome() {
        return await().outcome();
    }

    boolean isFinished() {
        return ended.isDone();
    }

    int ticks() {
        return ticks.get();
    }

    /** Once the runtime is closed: whatever could happen has happened. */
    void assertFinishedOnce() {
        assertThat(finishes).hasValue(1);
        assertThat(tickedLate).as("ticked after it was finished").isFalse();
    }

    @Override
    public String requestId() {
        return "errand";
    }

    @Override
    public void environment(StringBlock block) {}

    @Override
    public void arguments(StringBlock block) {}

    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedException {
        int left = Math.min(length, input.length - read);
        System.arraycopy(input, read, into, offset, left);
        read += left;
        return left > 0 || length == 0 ? left : -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws InterruptedException {}

    @Override
    public void logLine(String line) {}

    @Override
    public void tick(long nanoTime) {
        ticks.incrementAndGet();
        tickedLate |= finishes.get() > 0;
    }

    @Override
    public void finished(Outcome outcome, Evidence evidence) {
        finishes.incrementAndGet();
        ended.complete(new Ended(outcome, evidence));
    }
}
