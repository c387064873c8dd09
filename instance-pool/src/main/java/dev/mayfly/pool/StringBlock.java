package dev.mayfly.pool;

/**
 * NUL-terminated byte strings, one after the other, as WASI's {@code environ_get} and {@code
 * args_get} hand them over. Belongs to one sandbox and is empty at the start of each run.
 */
public interface StringBlock {
    /**
     * Makes room for {@code bytes} more bytes.
     *
     * @param bytes how many
     * @return the array to write into, valid until the next call of {@code room}; write from {@link
     *     #end()} on
     */
    byte[] room(int bytes);

    /** {@return where the next string starts, an index into the array of {@link #room}} */
    int end();

    /**
     * Ends a string of {@code length} bytes that was written at {@link #end()}, its final NUL
     * included.
     *
     * @param length in bytes
     */
    void accept(int length);

    /**
     * Appends strings that were rendered before, in one copy.
     *
     * @param rendered NUL-terminated strings, one after the other
     * @param offsets where each starts in {@code rendered}
     */
    void append(byte[] rendered, int[] offsets);
}
