package dev.mayfly.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An exchange whose answer is compressed, if it suits that and the client would like it. What is
 * written goes out at once, as it would uncompressed: a client that reads a list while it is made
 * waits for no buffer of ours.
 *
 * <p>One thread at a time, whoever answers; the gateway's own threads see only what is made here.
 */
final class CompressedExchange extends PassedExchange {
    private final Answers answers;
    private final boolean welcome;
    private @Nullable Flow flow;

    private CompressedExchange(Exchange exchange, Answers answers, boolean welcome) {
        super(exchange);
        this.answers = answers;
        this.welcome = welcome;
    }

    /** {@return {@code exchange} itself for a client that says nothing of compression} */
    static Exchange of(Exchange exchange, Answers answers) {
        HeaderFields fields = exchange.head().headers();
        if (fields.first("accept-encoding") == null || exchange.head().method().equals("HEAD")) {
            return exchange;
        }
        boolean welcome = AcceptedCodings.of(fields).prefer(Gzip.CODING);
        return new CompressedExchange(exchange, answers, welcome);
    }

    @Override
    public void respond(ResponseHead head, byte[] body, int offset, int length) {
        if (length < Gzip.LEAST || !Gzip.suits(head)) {
            super.respond(head, body, offset, length);
        } else if (welcome) {
            byte[] less = Gzip.compress(body, offset, length);
            super.respond(Gzip.compressed(head, answers), less, 0, less.length);
        } else {
            super.respond(Gzip.plain(head, answers), body, offset, length);
        }
    }

    @Override
    public void start(ResponseHead head) {
        if (!Gzip.suits(head)) {
            super.start(head);
        } else if (welcome) {
            flow = new Flow();
            super.start(Gzip.compressed(head, answers));
        } else {
            super.start(Gzip.plain(head, answers));
        }
    }

    @Override
    public void write(byte[] chunk) {
        Flow compressing = flow;
        super.write(compressing == null ? chunk : compressing.next(chunk));
    }

    @Override
    public void end() {
        Flow compressing = flow;
        if (compressing != null) {
            super.write(compressing.last());
        }
        super.end();
    }

    @Override
    public void abort(int countedAs) {
        Flow compressing = flow;
        if (compressing != null) {
            compressing.last(); // for what it holds outside the heap; nobody is sent it
        }
        super.abort(countedAs);
    }

    /** The compressor of one answer and what came out of it. */
    private static final class Flow {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        private final GZIPOutputStream gzip;

        Flow() {
            try {
                gzip = new GZIPOutputStream(out, 4096, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // there is none: it is written to memory
            }
        }

        byte[] next(byte[] chunk) {
            try {
                gzip.write(chunk);
                gzip.flush();
                return taken();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] last() {
            try {
                gzip.close();
                return taken();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] taken() {
            byte[] bytes = out.toByteArray();
            out.reset();
            return bytes;
        }
    }
}
