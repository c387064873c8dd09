package dev.mayfly.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A streamed body that fails past its limit. */
final class LimitedBody implements RequestBody {
    private final ByteArrayInputStream bytes;
    private final long length;
    private long left;

    LimitedBody(byte[] body, long length, long limit) {
        bytes = new ByteArrayInputStream(body);
        this.length = length;
        left = limit;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (bytes.available() > 0 && left == 0) {
            throw new IOException("the body passed its limit");
        }
        int read = bytes.read(into, offset, (int) Math.min(count, Math.max(left, 1)));
        left -= Math.max(read, 0);
        return read;
    }

    @Override
    public void close() {}
}
