package dev.mayfly.pool;

import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of a linear memory in one array, with one dirty flag for each line of 4 KiB.
 *
 * <pre>
 *            0     image's size              size      capacity
 *   bytes    |---------|----------------------|-----------|   always zero from size on
 *   dirty    [0 1 0 0 1 0 ... 1 1 0 0 1 0 0 0 ]               ends exactly at size
 * </pre>
 *
 * <p>A reset copies dirty lines back from the image. Growth is undone by shortening {@code size}
 * and {@code dirty}; the longer array stays, zeroed, so that a guest that grows a little in every
 * run pays for it once.
 */
abstract class TrackedBytes extends UnsharedMemory {
    /** Bytes per dirty flag, as a shift. From 128 bytes to 4 KiB all measured the same. */
    static final int LINE_SHIFT = 12;

    static final int LINE = 1 << LINE_SHIFT;

    private static final VarHandle EIGHT_FLAGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    byte[] bytes;
    int size;
    byte[] dirty;

    /** Whether the content came from an image, active segments included. */
    final boolean prefilled;

    private final int initialPages;
    private final int maximumPages;

    /** The map at the image's size: {@code dirty} itself until the memory grows. */
    private byte[] homeDirty;

    private Allowance allowance = Allowance.ANY;

    TrackedBytes(MemoryLimits limits, int mostPages) {
        this(limits, mostPages, bytesOf(limits, mostPages), false);
    }

    TrackedBytes(MemoryLimits limits, int mostPages, MemoryImage image) {
        this(limits, mostPages, image.copy(), true);
    }

    private TrackedBytes(MemoryLimits limits, int mostPages, byte[] content, boolean prefilled) {
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

    /** From now on the array grows as {@code by} allows. */
    final void allow(Allowance by) {
        allowance = by;
    }

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

    /** Throws unless {@code length} bytes from {@code address} on are inside. */
    final void check(int address, int length) {
        Objects.checkFromIndexSize(address, length, size);
    }

    /** Marks what is about to be, or was, written straight into {@link #array}. */
    void mark(int address, int length) {
        if (length > 0) {
            int last = (address + length - 1) >>> LINE_SHIFT;
            Arrays.fill(dirty, address >>> LINE_SHIFT, last + 1, (byte) 1);
        }
    }

    /** The content of now. What was written so far counts as clean. */
    final MemoryImage freeze() {
        Arrays.fill(dirty, (byte) 0);
        homeDirty = dirty;
        return MemoryImage.of(bytes, size);
    }

    /** Equals {@code image} again; allocates nothing. Returns the number of lines copied. */
    int restore(MemoryImage image) {
        int restored = 0;
        byte[] flags = dirty; // whole pages, so a multiple of sixteen
        for (int i = 0; i < flags.length; i += Long.BYTES) {
            if ((long) EIGHT_FLAGS.get(flags, i) != 0) {
                restored += restoreEight(i, flags, image);
            }
        }
        if (size != image.size()) {
            shrink(image.size());
        }
        return restored;
    }

    private int restoreEight(int first, byte[] flags, MemoryImage image) {
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

    /** Undoes growth. The map of before holds marks from before: they are in the longer one too. */
    void shrink(int home) {
        size = home;
        dirty = homeDirty;
        Arrays.fill(dirty, (byte) 0);
    }

    /** Lines written to since the last freeze or restore. */
    final int dirtyLines() {
        int count = 0;
        for (byte flag : dirty) {
            count += flag;
        }
        return count;
    }

    @Override
    public final int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public final int initialPages() {
        return initialPages;
    }

    @Override
    public final int maximumPages() {
        return maximumPages;
    }

    @Override
    public final int grow(int more) {
        int before = pages();
        if (more < 0 || more > maximumPages - before) {
            return -1;
        }
        // As WebAssembly wants it: where there is no memory, the guest decides.
        return more == 0 || extend((before + more) * PAGE_SIZE) ? before : -1;
    }

    private boolean extend(int newSize) {
        try {
            byte[] longerMap = Arrays.copyOf(dirty, newSize >>> LINE_SHIFT);
            if (newSize > bytes.length && !lengthen(newSize)) {
                return false;
            }
            dirty = longerMap;
            size = newSize;
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /**
     * The array at least doubles, since growing to 100 MiB page by page must not copy each time;
     * where there is no room for that, it is as long as it must be.
     */
    private boolean lengthen(int least) {
        long doubled = Math.min(2L * bytes.length, (long) maximumPages * PAGE_SIZE);
        int length = (int) Math.max(least, doubled);
        if (!allowance.take(length - bytes.length)) {
            length = least;
            if (!allowance.take(length - bytes.length)) {
                return false;
            }
        }
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }
}
