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
 * Linear memory in one array, with one dirty byte for each line of 4 KiB.
 *
 * <pre>
 *            0        home                  size        capacity
 *   bytes    |---------|----------------------|-----------|   always zero from size on
 *   dirty    [0 1 0 0 1 0 ... 1 1 0 0 1 0 0 0 ]               ends exactly at size
 * </pre>
 *
 * <p>A store marks the line of its first byte and the line of its last byte <em>before</em> it
 * writes. Since {@code dirty} ends where the memory ends (64 KiB pages are whole lines), marking is
 * the bounds check of stores as well: past the end it throws. Loads compare with {@code size};
 * {@code bytes} may be longer, because growing one page at a time must not copy each time.
 *
 * <p>Out of bounds is an {@link IndexOutOfBoundsException} here and a trap at the sandbox's edge:
 * converting it in each accessor made them too large to inline well.
 *
 * <p>A reset copies dirty lines back from the image. Growth is undone by shortening {@code size}
 * and {@code dirty}; the longer array stays, zeroed, so that a guest that grows a little in every
 * run pays for it once.
 */
class FlatMemory extends UnsharedMemory {
    /** Bytes per dirty flag, as a shift. Half to eight times as much measured the same. */
    static final int LINE_SHIFT = 12;

    static final int LINE = 1 << LINE_SHIFT;

    /** Longer fills and copies look at the interrupt flag this often; 1 MiB takes some 50 µs. */
    private static final int STEP = 1 << 20;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private byte[] bytes;
    private int size;
    private byte[] dirty;

    /** The map at the home size: {@code dirty} itself until the memory grows. */
    private byte[] homeDirty;

    /** Whether the content came from an image, active segments included. */
    private final boolean prefilled;

    private DataSegment[] segments = {};

    /** As a module declares it, zeroed. */
    FlatMemory(MemoryLimits limits, int mostPages) {
        this(limits, mostPages, bytesOf(limits, mostPages), false);
    }

    /** A copy of {@code image}. */
    FlatMemory(MemoryLimits limits, int mostPages, MemoryImage image) {
        this(limits, mostPages, image.copy(), true);
    }

    private FlatMemory(MemoryLimits limits, int mostPages, byte[] content, boolean prefilled) {
        initialPages = limits.initialPages();
        maximumPages = Math.min(Math.min(limits.maximumPages(), mostPages), RUNTIME_MAX_PAGES);
        this.prefilled = prefilled;
        bytes = content;
        size = content.length;
        dirty = new byte[size >>> LINE_SHIFT];
        homeDirty = dirty;
    }

    private static byte[] bytesOf(MemoryLimits limits, int mostPages) {
        int pages = limits.initialPages();
        if (pages > Math.min(mostPages, RUNTIME_MAX_PAGES)) {
            throw new UninstantiableException(
                    "initial memory of %d pages (expected: at most %d)"
                            .formatted(pages, mostPages));
        }
        return new byte[pages * PAGE_SIZE];
    }

    private static VarHandle view(Class<?> arrayOf) {
        return MethodHandles.byteArrayViewVarHandle(arrayOf, ByteOrder.LITTLE_ENDIAN);
    }

    // ---- what the sandbox does with it

    /** The array itself, for host calls; only what {@link #check} allowed may be touched. */
    final byte[] array() {
        return bytes;
    }

    final int size() {
        return size;
    }

    final int capacity() {
        return bytes.length;
    }

    final DataSegment[] segments() {
        return segments;
    }

    /** Throws unless {@code length} bytes from {@code address} on are inside. */
    final void check(int address, int length) {
        Objects.checkFromIndexSize(address, length, size);
    }

    /** Marks what a host call wrote straight into {@link #array}. */
    void mark(int address, int length) {
        if (length > 0) {
            int last = (address + length - 1) >>> LINE_SHIFT;
            Arrays.fill(dirty, address >>> LINE_SHIFT, last + 1, (byte) 1);
        }
    }

    /** The content of now; from here on {@link #restore} comes back to it. */
    final MemoryImage freeze() {
        var image = MemoryImage.of(bytes, size);
        bytes = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        dirty = new byte[size >>> LINE_SHIFT];
        homeDirty = dirty;
        return image;
    }

    /** Equals {@code image} again; allocates nothing. Returns the number of lines copied. */
    int restore(MemoryImage image) {
        int restored = 0;
        byte[] flags = dirty;
        for (int i = 0; i < flags.length; i += Long.BYTES) {
            if ((long) LONG.get(flags, i) != 0) {
                restored += restoreEight(flags, i, image);
            }
        }
        if (size != image.size()) {
            shrink(image.size());
        }
        return restored;
    }

    private int restoreEight(byte[] flags, int first, MemoryImage image) {
        int restored = 0;
        for (int line = first; line < first + Long.BYTES; line++) {
            if (flags[line] != 0) {
                image.copyLine(line, bytes);
                flags[line] = 0;
                restored++;
            }
        }
        return restored;
    }

    void shrink(int home) {
        size = home;
        dirty = homeDirty;
        Arrays.fill(dirty, (byte) 0);
    }

    /** Lines written to since the last freeze, load or restore. */
    final int dirtyLines() {
        int count = 0;
        for (byte flag : dirty) {
            count += flag;
        }
        return count;
    }

    // ---- size

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int grow(int more) {
        int before = pages();
        if (more < 0 || more > maximumPages - before) {
            return -1;
        }
        if (more > 0) {
            try {
                extend((before + more) * PAGE_SIZE);
            } catch (OutOfMemoryError e) {
                return -1; // as WebAssembly wants it: the guest decides
            }
        }
        return before;
    }

    private void extend(int newSize) {
        byte[] longerMap = Arrays.copyOf(dirty, newSize >>> LINE_SHIFT);
        if (newSize > bytes.length) {
            long doubled = Math.min(2L * bytes.length, (long) maximumPages * PAGE_SIZE);
            bytes = Arrays.copyOf(bytes, (int) Math.max(newSize, doubled));
        }
        dirty = longerMap;
        size = newSize;
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
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
