package dev.mayfly.gateway;

import dev.mayfly.http.RequestBody;

/** A body in memory; for one reader at a time. */
final class MemoryBody implements RequestBody {
    private static final byte[] NONE = {};

    private final byte[] bytes;
    private final int length;
    private int position;

    /** The first {@code length} of {@code bytes}, which are taken over. */
    MemoryBody(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static MemoryBody empty() {
        return new MemoryBody(NONE, 0);
    }

    /** Shows all of it to {@code copy}, read or not. */
    void copyTo(BodyCopy copy) {
        copy.add(bytes, 0, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        if (count == 0) {
            return 0;
        }
        if (position == length) {
            return -1;
        }
        int read = Math.min(count, length - position);
        System.arraycopy(bytes, position, into, offset, read);
        position += read;
        return read;
    }

    @Override
    public void close() {}
}
