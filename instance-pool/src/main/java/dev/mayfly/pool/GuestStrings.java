package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The environment or the arguments of a run, as WASI hands them over: the strings in one block, and
 * a table of pointers to them. Built when the guest first asks; two bulk copies put it into the
 * guest's memory.
 */
final class GuestStrings implements StringBlock {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** More than this is given back after a run: one huge request must not stay for ever. */
    private static final int KEPT = 64 * 1024;

    private byte[] block = new byte[1024];
    private int end;
    private int[] starts = new int[32];
    private byte[] pointers = new byte[128];
    private int count;
    private boolean begun;

    /** True the first time in a run: then the strings are still to be filled in. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Forgets this run's strings. */
    void clear() {
        if (begun) {
            begun = false;
            end = 0;
            count = 0;
            if (block.length > KEPT) {
                block = new byte[1024];
            }
        }
    }

    Errno sizes(FlatMemory memory, int countAt, int bytesAt) {
        memory.writeI32(countAt, count);
        memory.writeI32(bytesAt, end);
        return Errno.SUCCESS;
    }

    Errno copy(FlatMemory memory, int pointersAt, int blockAt) {
        int bytes = count * Integer.BYTES;
        if (pointers.length < bytes) {
            pointers = new byte[Math.max(bytes, 2 * pointers.length)];
        }
        for (int i = 0; i < count; i++) {
            INT.set(pointers, i * Integer.BYTES, blockAt + starts[i]);
        }
        memory.write(pointersAt, pointers, 0, bytes);
        memory.write(blockAt, block, 0, end);
        return Errno.SUCCESS;
    }

    @Override
    public byte[] room(int bytes) {
        if (bytes > block.length - end) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, Math.addExact(end, bytes)));
        }
        return block;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public void accept(int length) {
        roomForStart();
        starts[count++] = end;
        end += length;
    }

    @Override
    public void append(byte[] rendered, int[] offsets) {
        System.arraycopy(rendered, 0, room(rendered.length), end, rendered.length);
        for (int offset : offsets) {
            roomForStart();
            starts[count++] = end + offset;
        }
        end += rendered.length;
    }

    private void roomForStart() {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
    }
}
