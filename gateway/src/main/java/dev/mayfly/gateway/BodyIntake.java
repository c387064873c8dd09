package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.BodyReceiver.BodyFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Collects a request's body: in memory at first, in a spool file once it passes 64 KiB. The file is
 * written by another thread a batch at a time; while it writes, the loop gathers the next batch,
 * and stops reading the socket when that is full too. Belongs to the event loop.
 */
final class BodyIntake implements Timed {
    /** Most of a body that is kept in memory, and a batch for the disk. */
    static final int MOST_IN_MEMORY = 64 << 10;

    private final Loop loop;
    private final HttpServerRequest request;
    private final Place place;
    private final BodyReceiver receiver;
    private final long limit;

    private Gathered gathered = new Gathered();
    private @Nullable SpoolFile file;
    private long total;
    private long lastByte;
    private boolean writing;
    private boolean paused;
    private boolean complete;
    private boolean over;

    /**
     * What every intake of a server shares.
     *
     * @param folder where large bodies go
     * @param writers threads that may block
     * @param timeout longest pause within a body
     */
    record Place(SpoolFolder folder, Executor writers, Duration timeout) {}

    BodyIntake(
            Loop loop, HttpServerRequest request, Place place, long limit, BodyReceiver receiver) {
        this.loop = loop;
        this.request = request;
        this.place = place;
        this.limit = limit;
        this.receiver = receiver;
        this.lastByte = loop.now();
    }

    /**
     * Reads from now on, unless the {@code announced} length says that there is no use in it.
     *
     * @param goAhead tells the client to send the body
     */
    void start(long announced, Runnable goAhead) {
        if (announced > limit) {
            fail(BodyFailure.TOO_LARGE);
        } else if (announced > MOST_IN_MEMORY && place.folder().isTooFullFor(announced)) {
            fail(BodyFailure.NO_ROOM);
        } else {
            read();
            goAhead.run();
        }
    }

    private void read() {
        loop.watch(this);
        request.handler(this::take);
        request.endHandler(end -> ended());
        request.exceptionHandler(this::broke);
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        lastByte = loop.now();
        total += chunk.length();
        if (total > limit) {
            fail(BodyFailure.TOO_LARGE);
            return;
        }
        gathered.writeBytes(chunk.getBytes());
        if (file != null || gathered.size() > MOST_IN_MEMORY) {
            spool();
        }
    }

    private void ended() {
        complete = true;
        if (!over && !writing) {
            settle();
        }
    }

    /** The body is complete and no batch is being written. */
    private void settle() {
        if (file == null) {
            over();
            receiver.received(new MemoryBody(gathered.array(), gathered.size()));
        } else if (gathered.size() > 0) {
            spool();
        } else {
            over();
            receiver.received(file);
        }
    }

    /** Hands what was gathered to a writer, or lets it grow while one writes. */
    private void spool() {
        if (writing) {
            if (gathered.size() >= MOST_IN_MEMORY && !paused && !complete) {
                paused = true;
                request.pause();
            }
            return;
        }
        writing = true;
        byte[] batch = gathered.toByteArray();
        gathered = new Gathered();
        @Nullable SpoolFile open = file;
        place.writers().execute(() -> write(open, batch));
    }

    /** On a writer's thread. */
    private void write(@Nullable SpoolFile open, byte[] batch) {
        @Nullable SpoolFile written = open;
        boolean done = false;
        try {
            written = open == null ? place.folder().open() : open;
            written.append(batch);
            done = true;
        } catch (IOException e) {
            // Budget or disk: the caller's answer is the same, and says all there is to say.
            done = false;
        }
        boolean kept = done;
        @Nullable SpoolFile result = written;
        loop.post(() -> wrote(result, kept));
    }

    private void wrote(@Nullable SpoolFile written, boolean kept) {
        writing = false;
        file = written;
        lastByte = loop.now();
        if (over) {
            closeFile();
        } else if (!kept) {
            fail(BodyFailure.NO_ROOM);
        } else if (complete) {
            settle();
        } else {
            resume();
        }
    }

    private void resume() {
        if (gathered.size() >= MOST_IN_MEMORY) {
            spool();
        }
        if (paused) {
            paused = false;
            request.resume();
        }
    }

    private void broke(Throwable cause) {
        boolean gone =
                cause instanceof HttpClosedException
                        || cause instanceof StreamResetException
                        || cause instanceof IOException;
        fail(gone ? BodyFailure.GONE : BodyFailure.MALFORMED);
    }

    @Override
    public void check(long now) {
        if (!writing && !complete && now - lastByte > place.timeout().toNanos()) {
            fail(BodyFailure.TIMEOUT);
        }
    }

    private void fail(BodyFailure failure) {
        if (over) {
            return;
        }
        over();
        if (!writing) {
            closeFile();
        }
        receiver.failed(failure);
    }

    private void over() {
        over = true;
        loop.forget(this);
        if (paused && !complete) {
            paused = false;
            request.resume();
        }
    }

    private void closeFile() {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** Lets its array be used without a copy. */
    private static final class Gathered extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }
}
