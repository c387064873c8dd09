package dev.mayfly.kafka;

import dev.mayfly.pool.StringBlock;
import java.util.Arrays;

/** Takes strings only to count their bytes. */
final class MeasuredBlock implements StringBlock {
    private byte[] bytes = new byte[1 << 10];
    private long length;

    /** {@return bytes of all strings so far} */
    long length() {
        return length;
    }

    @Override
    public byte[] room(int more) {
        if (more > bytes.length) {
            bytes = Arrays.copyOf(bytes, more);
        }
        return bytes;
    }

    @Override
    public int end() {
        return 0;
    }

    @Override
    public void accept(int accepted) {
        length += accepted;
    }

    @Override
    public void append(byte[] rendered, int[] offsets) {
        length += rendered.length;
    }
}
