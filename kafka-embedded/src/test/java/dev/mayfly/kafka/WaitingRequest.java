package dev.mayfly.kafka;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.StringBlock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A request to a function that has triggers too; its body tells the guest what to do. */
final class WaitingRequest implements Invocation {
    private final byte[] body;
    private final CountDownLatch ended;
    private int read;

    WaitingRequest(String body, CountDownLatch ended) {
        this.body = body.getBytes(StandardCharsets.UTF_8);
        this.ended = ended;
    }

    @Override
    public String requestId() {
        return "request";
    }

    @Override
    public void environment(StringBlock block) {}

    @Override
    public void arguments(StringBlock block) {}

    @Override
    public int read(byte[] into, int offset, int length) {
        int count = Math.min(length, body.length - read);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(body, read, into, offset, count);
        read += count;
        return count;
    }

    @Override
    public void write(byte[] from, int offset, int length) {}

    @Override
    public void logLine(String line) {}

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {
        ended.countDown();
    }
}
