package dev.mayfly.gateway;

import dev.mayfly.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A request's body for those who read streams. */
final class BodyInput extends InputStream {
    private final RequestBody body;
    private final byte[] one = new byte[1];

    BodyInput(RequestBody body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return body.read(into, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a body");
        }
    }

    @Override
    public void close() {
        body.close();
    }
}
