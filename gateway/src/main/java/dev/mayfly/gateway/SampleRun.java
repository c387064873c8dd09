package dev.mayfly.gateway;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A run whose ending somebody waits for; what it reads and writes is another's. */
final class SampleRun implements Invocation {
    private final Invocation request;
    private final CompletableFuture<Inspection.Sample> ended = new CompletableFuture<>();

    SampleRun(Invocation request) {
        this.request = request;
    }

    /** Waits for the run's end. */
    Inspection.Sample await() {
        return ended.join();
    }

    @Override
    public String requestId() {
        return request.requestId();
    }

    @Override
    public void environment(StringBlock block) {
        request.environment(block);
    }

    @Override
    public void arguments(StringBlock block) {
        request.arguments(block);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
        return request.read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length)
            throws IOException, InterruptedException {
        request.write(from, offset, length);
    }

    @Override
    public void logLine(String line) {
        request.logLine(line);
    }

    @Override
    public void tick(long nanoTime) {
        request.tick(nanoTime);
    }

    @Override
    public void finished(Outcome outcome, Evidence evidence) {
        request.finished(outcome, evidence);
        ended.complete(
                new Inspection.Sample(
                        sentence(outcome),
                        Duration.ofNanos(evidence.guestNanos()),
                        evidence.dirtyPages(),
                        evidence.grownPages(),
                        evidence.hostCalls()));
    }

    /** How a run ended, as a sentence goes on after the function's name. */
    static String sentence(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> "exited with " + code;
            case Outcome.Trapped(String reason) -> "trapped: " + reason;
            case Outcome.DeadlineExceeded(Duration limit) -> "took longer than " + limit;
            case Outcome.CpuExceeded(Duration limit) -> "computed longer than " + limit;
            case Outcome.Cancelled() -> "was cancelled";
            case Outcome.OutputExceeded(long limit) -> "wrote more than " + limit + " bytes";
            case Outcome.Broken(String reason) -> "broke off: " + reason;
            case Outcome.Refused(Outcome.Refused.Cause cause, Duration retryAfter) ->
                    "never began: " + cause + ", try again after " + retryAfter;
        };
    }
}
