package dev.mayfly.http;

/** The body of a request that has none: known to be empty, or never spoken of. */
enum NoBody implements RequestBody {
    /** {@code Content-Length: 0} was sent. */
    EMPTY(0),
    /** No length was sent. */
    ABSENT(-1);

    private final long length;

    NoBody(long length) {
        this.length = length;
    }

    static NoBody of(RequestView request) {
        return request.contentLength() == 0 ? EMPTY : ABSENT;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return length == 0 ? 0 : -1;
    }

    @Override
    public void close() {}
}
