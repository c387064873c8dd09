package dev.mayfly.pool;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The loads and stores of a guest.
 *
 * <p>A store marks the line of its first byte and the line of its last byte <em>before</em> it
 * writes. Since {@code dirty} ends where the memory ends (64 KiB pages are whole lines), marking is
 * the bounds check of stores as well: past the end it throws. Loads compare with {@code size};
 * {@code bytes} may be longer.
 *
 * <p>Out of bounds is an {@link IndexOutOfBoundsException} here and a trap at the sandbox's edge:
 * converting it in each accessor would make them too large to inline well.
 */
class FlatMemory extends TrackedBytes {
    /** Longer fills and copies look at the interrupt flag this often; 1 MiB takes some 50 µs. */
    private static final int STEP = 1 << 20;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private DataSegment[] segments = {};

    /** As a module declares it, zeroed. */
    FlatMemory(MemoryLimits limits, int mostPages) {
        super(limits, mostPages);
    }

    /** A copy of {@code image}. */
    FlatMemory(MemoryLimits limits, int mostPages, MemoryImage image) {
        super(limits, mostPages, image);
    }

    private static VarHandle view(Class<?> arrayOf) {
        return MethodHandles.byteArrayViewVarHandle(arrayOf, ByteOrder.LITTLE_ENDIAN);
    }

    /** The instance's own array. */
    final DataSegment[] segments() {
        return segments;
    }

    // ---- bulk

    @Override
    public void initialize(Instance instance, DataSegment[] all) {
        initialize(instance, all, 0);
    }

    /** {@code all} is the instance's own array: it drops segments in it. */
    @Override
    public void initialize(Instance instance, DataSegment[] all, int memoryIndex) {
        segments = all;
        for (DataSegment segment : all) {
            if (!prefilled && segment instanceof ActiveDataSegment active) {
                place(active, instance);
            }
        }
    }

    private void place(ActiveDataSegment segment, Instance instance) {
        long[] value =
                ConstantEvaluators.computeConstantValue(instance, segment.offsetInstructions());
        byte[] data = segment.data();
        int offset = (int) value[0];
        if (offset < 0 || (long) offset + data.length > size) {
            throw new UninstantiableException(
                    "out of bounds memory access: a data segment of %d bytes at %d in a memory of %d"
                            .formatted(data.length, Integer.toUnsignedLong(offset), size));
        }
        write(offset, data, 0, data.length);
    }

    @Override
    public void initPassiveSegment(int segment, int address, int offset, int length) {
        byte[] data = segments[segment] instanceof PassiveDataSegment it ? it.data() : NO_BYTES;
        write(address, data, offset, length);
    }

    private static final byte[] NO_BYTES = {};

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    /** The runtime calls this once, before {@link #initialize}: a new array is zeros anyway. */
    @Override
    public void zero() {}

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        check(address, length);
        Objects.checkFromIndexSize(offset, length, data.length);
        mark(address, length);
        System.arraycopy(data, offset, bytes, address, length);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void fill(byte value, int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        mark(from, to - from);
        int at = from;
        for (; to - at > STEP; at += STEP) {
            Arrays.fill(bytes, at, at + STEP, value);
            pollInterrupt();
        }
        Arrays.fill(bytes, at, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        check(from, length);
        check(to, length);
        mark(to, length);
        if (length <= STEP) {
            System.arraycopy(bytes, from, bytes, to, length);
        } else if (to < from) {
            copyUpwards(to, from, length);
        } else {
            copyDownwards(to, from, length);
        }
    }

    private void copyUpwards(int to, int from, int length) {
        for (int done = 0; done < length; done += STEP) {
            int step = Math.min(STEP, length - done);
            System.arraycopy(bytes, from + done, bytes, to + done, step);
            pollInterrupt();
        }
    }

    private void copyDownwards(int to, int from, int length) {
        for (int left = length; left > 0; left -= STEP) {
            int at = Math.max(0, left - STEP);
            System.arraycopy(bytes, from + at, bytes, to + at, left - at);
            pollInterrupt();
        }
    }

    private static void pollInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted in a bulk operation");
        }
    }

    // ---- loads

    @Override
    public byte read(int address) {
        return bytes[Objects.checkIndex(address, size)];
    }

    @Override
    public short readShort(int address) {
        return (short) SHORT.get(bytes, Objects.checkIndex(address, size - 1));
    }

    @Override
    public int readInt(int address) {
        return (int) INT.get(bytes, Objects.checkIndex(address, size - 3));
    }

    @Override
    public long readLong(int address) {
        return (long) LONG.get(bytes, Objects.checkIndex(address, size - 7));
    }

    @Override
    public float readFloat(int address) {
        return (float) FLOAT.get(bytes, Objects.checkIndex(address, size - 3));
    }

    @Override
    public double readDouble(int address) {
        return (double) DOUBLE.get(bytes, Objects.checkIndex(address, size - 7));
    }

    // ---- stores: mark both lines, then write

    @Override
    public void writeByte(int address, byte value) {
        dirty[address >>> LINE_SHIFT] = 1;
        bytes[address] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        dirty[(address + 1) >>> LINE_SHIFT] = 1;
        dirty[address >>> LINE_SHIFT] = 1;
        SHORT.set(bytes, address, value);
    }

    @Override
    public void writeI32(int address, int value) {
        dirty[(address + 3) >>> LINE_SHIFT] = 1;
        dirty[address >>> LINE_SHIFT] = 1;
        INT.set(bytes, address, value);
    }

    @Override
    public void writeLong(int address, long value) {
        dirty[(address + 7) >>> LINE_SHIFT] = 1;
        dirty[address >>> LINE_SHIFT] = 1;
        LONG.set(bytes, address, value);
    }

    @Override
    public void writeF32(int address, float value) {
        dirty[(address + 3) >>> LINE_SHIFT] = 1;
        dirty[address >>> LINE_SHIFT] = 1;
        FLOAT.set(bytes, address, value);
    }

    @Override
    public void writeF64(int address, double value) {
        dirty[(address + 7) >>> LINE_SHIFT] = 1;
        dirty[address >>> LINE_SHIFT] = 1;
        DOUBLE.set(bytes, address, value);
    }
}
