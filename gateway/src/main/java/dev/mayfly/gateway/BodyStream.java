package dev.mayfly.gateway;

import dev.mayfly.http.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body handed over as it arrives: the event loop puts chunks in, one guest thread takes them out.
 * The socket is not read while more than 64 KiB wait.
 */
final class BodyStream implements RequestBody, Timed {
    private final Loop loop;
    private final HttpServerRequest request;
    private final long limit;
    private final long announced;
    private final long timeout;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The lock's, as all below. */
    private final Queue<byte[]> waiting = new ArrayDeque<>();

    private byte[] current = {};
    private int position;
    private int waitingBytes;
    private long total;
    private boolean paused;
    private boolean ended;
    private @Nullable String broken;

    /** The loop's. */
    private long lastByte;

    BodyStream(Loop loop, HttpServerRequest request, long announced, long limit, Duration timeout) {
        this.loop = loop;
        this.request = request;
        this.announced = announced;
        this.limit = limit;
        this.timeout = timeout.toNanos();
        this.lastByte = loop.now();
    }

    /** Reads from now on; on the loop. */
    void start() {
        loop.watch(this);
        request.handler(this::put);
        request.endHandler(end -> end(null));
        request.exceptionHandler(cause -> end("the client went away"));
    }

    private void put(Buffer chunk) {
        lastByte = loop.now();
        lock.lock();
        try {
            total += chunk.length();
            if (ended || total > limit) {
                broken = broken == null && !ended ? "longer than " + limit + " bytes" : broken;
                ended = true;
            } else {
                waiting.add(chunk.getBytes());
                waitingBytes += chunk.length();
                if (waitingBytes > BodyIntake.MOST_IN_MEMORY && !paused) {
                    paused = true;
                    request.pause();
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable String reason) {
        loop.forget(this);
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                broken = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void check(long now) {
        if (!isPaused() && now - lastByte > timeout) {
            end("nothing arrived within body_timeout");
        }
    }

    private boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long length() {
        return announced;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (position == current.length && !next()) {
                if (ended) {
                    return atEnd();
                }
                changed.await();
            }
            int read = Math.min(count, current.length - position);
            System.arraycopy(current, position, into, offset, read);
            position += read;
            return read;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next chunk the current one. Under the lock. */
    private boolean next() {
        byte[] chunk = waiting.poll();
        if (chunk == null) {
            return false;
        }
        current = chunk;
        position = 0;
        waitingBytes -= chunk.length;
        if (paused && waitingBytes <= BodyIntake.MOST_IN_MEMORY / 2) {
            loop.post(this::resume);
        }
        return true;
    }

    private int atEnd() throws IOException {
        if (broken != null) {
            throw new IOException("request body: " + broken);
        }
        return -1;
    }

    private void resume() {
        lastByte = loop.now();
        boolean resumes;
        lock.lock();
        try {
            resumes = paused;
            paused = false;
        } finally {
            lock.unlock();
        }
        if (resumes && !request.isEnded()) {
            request.resume();
        }
    }

    /** Forgets what waits; what still arrives is thrown away. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            waiting.clear();
            waitingBytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        loop.post(() -> {
            loop.forget(this);
            resume();
        });
    }
}
