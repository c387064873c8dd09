package dev.mayfly.gateway;

import dev.mayfly.http.ResponseHead;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an answer to a socket, with the fields that are the gateway's. On the loop. */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final AsciiString MAYFLY = AsciiString.of("Mayfly");
    private static final AsciiString REQUEST_ID = AsciiString.of("x-request-id");

    /** INTERNAL_ERROR of RFC 9113. */
    private static final long INTERNAL_ERROR = 2;

    private final HttpServerResponse response;
    private final Loop loop;
    private final Account account;
    private long bytes;

    /** {@code account} may keep what is sent. */
    Sender(HttpServerResponse response, Loop loop, Account account) {
        this.response = response;
        this.loop = loop;
        this.account = account;
    }

    long bytes() {
        return bytes;
    }

    boolean closed() {
        return response.closed();
    }

    /**
     * Runs {@code gone} when the client goes away. An HTTP/2 stream closes at the end of its answer
     * too, while that is handed over; a client that leaves after that is known by the exception.
     */
    void onGone(Runnable gone) {
        response.closeHandler(closed -> {
            if (!response.ended()) {
                gone.run();
            }
        });
        response.exceptionHandler(cause -> {
            if (cause instanceof StreamResetException || cause instanceof HttpClosedException) {
                gone.run();
            }
        });
    }

    /** Tells a client that waits for it that it may send the body. */
    void goAheadFor(Head head) {
        if (head.expectsContinue()) {
            Future<Void> sent = response.writeContinue();
            sent.onFailure(gone -> LOG.trace("no go-ahead: the client has gone"));
        }
    }

    void head(ResponseHead head, String requestId, boolean closes) {
        @Nullable Recording kept = account.recording();
        if (kept != null) {
            kept.answered(head);
        }
        response.setStatusCode(head.status());
        MultiMap fields = response.headers();
        List<ResponseHead.Field> given = head.fields();
        for (int i = 0; i < given.size(); i++) {
            ResponseHead.Field field = given.get(i);
            fields.add(field.name(), field.value());
        }
        fields.add(HttpHeaders.DATE, loop.date());
        fields.add(HttpHeaders.SERVER, MAYFLY);
        fields.add(REQUEST_ID, requestId);
        if (closes) {
            fields.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Sends all there is. {@code bodiless}: a length of 0 must not be told either. */
    Future<Void> whole(byte[] body, int offset, int length, boolean bodiless) {
        bytes = length;
        @Nullable Recording kept = account.recording();
        if (kept != null) {
            kept.answered(body, offset, length);
            kept.complete();
        }
        if (bodiless) {
            Future<Void> headSent = response.writeHead();
            headSent.onFailure(gone -> LOG.trace("no head: the client has gone"));
        }
        return length == 0 ? response.end() : response.end(buffer(body, offset, length));
    }

    private static Buffer buffer(byte[] bytes, int offset, int length) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, offset, length));
    }

    /** Sends a part of a file and closes it. */
    Future<Void> file(FileChannel file, long offset, long length) {
        bytes = length;
        @Nullable Recording kept = account.recording();
        if (kept != null) {
            kept.answeredFromFile();
        }
        return response.sendFile(file, offset, length).onComplete(done -> close(file));
    }

    /**
     * Sends the head of an answer of unknown length.
     *
     * @param untilClose the connection's end is the answer's (HTTP/1.0)
     */
    void begin(boolean untilClose) {
        Future<Void> sent;
        if (untilClose) {
            // After the server has put its own keep-alive in.
            response.headersEndHandler(
                    end -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
            sent = response.write(Buffer.buffer());
        } else {
            sent = response.writeHead();
        }
        sent.onFailure(gone -> LOG.trace("no head: the client has gone"));
    }

    Future<Void> more(byte[] chunk) {
        bytes += chunk.length;
        @Nullable Recording kept = account.recording();
        if (kept != null) {
            kept.answered(chunk, 0, chunk.length);
        }
        return response.write(buffer(chunk, 0, chunk.length));
    }

    Future<Void> end() {
        @Nullable Recording kept = account.recording();
        if (kept != null) {
            kept.complete();
        }
        return response.end();
    }

    void reset() {
        Future<Void> sent = response.reset(INTERNAL_ERROR);
        sent.onFailure(gone -> LOG.trace("no reset: the client has gone"));
    }

    static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.error("a file could not be closed", e);
        }
    }
}
