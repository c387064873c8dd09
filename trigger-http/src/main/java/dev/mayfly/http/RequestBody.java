package dev.mayfly.http;

import java.io.IOException;

/** A request's body, read once. */
public interface RequestBody extends AutoCloseable {
    /** {@return its length in bytes, -1 while unknown} */
    long length();

    /**
     * Reads as {@link java.io.InputStream#read(byte[], int, int)}; blocks for a streamed body.
     *
     * @param into the array to fill
     * @param length in bytes
     * @param offset where in the array
     * @throws InterruptedException when the waiting thread is interrupted
     * @throws IOException when the client went away, the body passed its limit or the spool file
     *     cannot be read
     * @return the bytes read, -1 at the end
     */
    int read(byte[] into, int offset, int length) throws IOException, InterruptedException;

    /** Frees the memory or the spool file. Any thread, more than once. */
    @Override
    void close();
}
