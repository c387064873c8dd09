package dev.mayfly.http;

import dev.mayfly.http.ParsedHead.Malformed;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a guest's standard output into an answer while the guest still writes.
 *
 * <pre>
 *          empty line          16 KiB of body passed, or 10 ms
 *   HEAD ─────────────► HELD ─────────────────────────────────► FLOWING
 *    │ bad or too long    │ end of run: answered whole             │ end of run: last chunk
 *    ▼                    ▼                                        ▼
 *   ENDED               ENDED                                    ENDED
 * </pre>
 *
 * As long as the head is held, any failure can still become a problem document. A head that may yet
 * prove a local redirect stays held until the first byte of body or the end decides.
 *
 * <p>The guest writes and the clock ticks on different threads: the monitor of this object guards
 * all fields. It is held across calls of the exchange, none of which blocks; waiting for a slow
 * reader happens outside.
 */
final class CgiResponse {
    private static final int MOST_HEAD = 64 << 10;
    private static final int MOST_HELD_BODY = 16 << 10;
    private static final long HOLD_NANOS = 10_000_000;
    private static final byte[] NOTHING = {};

    private enum State {
        HEAD,
        HELD,
        FLOWING,
        ENDED
    }

    /** What came of the whole output. */
    sealed interface Ending {
        /** Answered. */
        record Sent() implements Ending {
            private static final Sent INSTANCE = new Sent();
        }

        /**
         * Nothing sent: the request goes elsewhere.
         *
         * @param location a raw path, perhaps with a query
         */
        record Redirect(String location) implements Ending {}

        /**
         * Nothing sent: there is no valid answer.
         *
         * @param reason for the function's owner
         */
        record Invalid(String reason) implements Ending {}
    }

    private final Exchange exchange;
    private final Answers answers;
    private final HeadCache cache;
    private final boolean headOnly;

    private State state = State.HEAD;
    private byte[] held = NOTHING;
    private int size;
    private int scanned;
    private int lineStart;
    private @Nullable CgiHead head;
    private @Nullable Malformed flaw;
    private long headAt;
    private long bodyBytes;
    private boolean sendsBody;

    CgiResponse(Exchange exchange, Answers answers, HeadCache cache) {
        this.exchange = exchange;
        this.answers = answers;
        this.cache = cache;
        headOnly = exchange.head().method().equals("HEAD");
    }

    /**
     * Takes output; {@return whether the answer flows, so that the writer should wait for room}
     *
     * @throws IOException when the header block is invalid: nothing more is of use
     */
    synchronized boolean write(byte[] from, int offset, int length) throws IOException {
        switch (state) {
            case HEAD -> {
                hold(from, offset, length);
                findHead();
            }
            case HELD -> {
                bodyBytes += length;
                if (sendsBody) {
                    hold(from, offset, length);
                }
            }
            case FLOWING -> flow(from, offset, length);
            case ENDED -> throw new IOException("the answer has ended");
        }
        if (state == State.HELD && bodyBytes > MOST_HELD_BODY) {
            start();
        }
        return state == State.FLOWING;
    }

    private void hold(byte[] from, int offset, int length) {
        if (size + length > held.length) {
            int room = Math.max(size + length, size == 0 ? cache.likelySize() : 2 * size);
            held = Arrays.copyOf(held, room);
        }
        System.arraycopy(from, offset, held, size, length);
        size += length;
    }

    private void flow(byte[] from, int offset, int length) {
        if (sendsBody) {
            exchange.write(Arrays.copyOfRange(from, offset, offset + length));
        }
    }

    private void findHead() throws IOException {
        CgiHead known = cache.known(held, size);
        if (known != null) {
            complete(known);
            return;
        }
        int end = blockEnd();
        if (end > MOST_HEAD || (end < 0 && size > MOST_HEAD)) {
            refuse(new Malformed("the header block is longer than 64 KiB"));
        } else if (end > 0) {
            switch (cache.parse(held, end)) {
                case CgiHead parsed -> complete(parsed);
                case Malformed malformed -> refuse(malformed);
            }
        }
    }

    /** {@return where the block ends, its empty line included; -1 while there is none} */
    private int blockEnd() {
        while (scanned < size) {
            if (held[scanned++] == '\n') {
                int length = scanned - 1 - lineStart;
                if (length == 0 || (length == 1 && held[lineStart] == '\r')) {
                    return scanned;
                }
                lineStart = scanned;
            }
        }
        return -1;
    }

    private void refuse(Malformed malformed) throws IOException {
        flaw = malformed;
        state = State.ENDED;
        throw new IOException(malformed.reason());
    }

    private void complete(CgiHead parsed) {
        head = parsed;
        headAt = System.nanoTime();
        bodyBytes = (long) size - parsed.bytes();
        sendsBody = !headOnly && Answers.carriesBody(parsed.response().status());
        state = State.HELD;
    }

    /** The clock: sends a head that was held long enough. */
    synchronized void tick(long nanoTime) {
        if (state == State.HELD && nanoTime - headAt >= HOLD_NANOS && redirect().isEmpty()) {
            start();
        }
    }

    private CgiHead complete() {
        if (head == null) {
            throw new IllegalStateException("no head in state " + state);
        }
        return head;
    }

    private Optional<String> redirect() {
        return bodyBytes == 0 ? complete().localRedirect() : Optional.empty();
    }

    private void start() {
        CgiHead parsed = complete();
        byte[] body = sendsBody ? Arrays.copyOfRange(held, parsed.bytes(), size) : NOTHING;
        cache.ended(size);
        held = NOTHING;
        // First, so that a guest whose stack ends in what follows is never answered twice.
        state = State.FLOWING;
        boolean tellsLength = headOnly && parsed.contentLength() >= 0;
        exchange.start(
                tellsLength
                        ? answers.withLength(parsed.response(), parsed.contentLength())
                        : parsed.response());
        if (body.length > 0) {
            exchange.write(body);
        }
    }

    /** The guest ended well: whatever it wrote is all there is. */
    synchronized Ending end() {
        State before = state;
        state = State.ENDED;
        return switch (before) {
            case HEAD ->
                    new Ending.Invalid(
                            size == 0 ? "no output" : "the output ends within the header block");
            case HELD -> endHeld();
            case FLOWING -> {
                exchange.end();
                yield Ending.Sent.INSTANCE;
            }
            case ENDED -> new Ending.Invalid(flaw().orElse("the answer has ended"));
        };
    }

    private Ending endHeld() {
        CgiHead parsed = complete();
        Optional<String> redirect = redirect();
        if (redirect.isPresent()) {
            return new Ending.Redirect(redirect.get());
        }
        cache.ended(size);
        if (sendsBody) {
            exchange.respond(parsed.response(), held, parsed.bytes(), size - parsed.bytes());
        } else if (headOnly) {
            long length = parsed.contentLength() >= 0 ? parsed.contentLength() : bodyBytes;
            exchange.respond(answers.withLength(parsed.response(), length), NOTHING, 0, 0);
        } else {
            exchange.respond(parsed.response(), NOTHING, 0, 0);
        }
        return Ending.Sent.INSTANCE;
    }

    /** {@return what is wrong with the header block, for the function's owner} */
    synchronized Optional<String> flaw() {
        return flaw == null ? Optional.empty() : Optional.of(flaw.reason());
    }

    /**
     * Ends an answer that already flows before its time; {@return false if nothing was sent yet, so
     * that something else may be}
     */
    synchronized boolean breakOff(int countedAs) {
        boolean flowed = state == State.FLOWING;
        state = State.ENDED;
        if (flowed) {
            exchange.abort(countedAs);
        }
        return flowed;
    }
}
