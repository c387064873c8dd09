package dev.mayfly.pool;

import java.util.Arrays;

/**
 * Linear memory at the freeze, line by line; all lines of zeros are one and the same array.
 * Immutable: nobody gets hold of a line.
 */
@SuppressWarnings("ReferenceEquality") // the one line of zeros is told by its identity
final class MemoryImage {
    private static final byte[] ZEROS = new byte[TrackedBytes.LINE];

    private final int size;
    private final byte[][] lines;

    private MemoryImage(int size, byte[][] lines) {
        this.size = size;
        this.lines = lines;
    }

    /** The first {@code size} bytes; a multiple of the line. */
    static MemoryImage of(byte[] bytes, int size) {
        byte[][] lines = new byte[size >>> TrackedBytes.LINE_SHIFT][];
        for (int i = 0; i < lines.length; i++) {
            int at = i << TrackedBytes.LINE_SHIFT;
            int end = at + TrackedBytes.LINE;
            boolean zero = Arrays.equals(bytes, at, end, ZEROS, 0, TrackedBytes.LINE);
            lines[i] = zero ? ZEROS : Arrays.copyOfRange(bytes, at, end);
        }
        return new MemoryImage(size, lines);
    }

    int size() {
        return size;
    }

    /** Bytes up to the last that is not zero, in whole lines. */
    int trimmedSize() {
        int line = lines.length;
        while (line > 0 && lines[line - 1] == ZEROS) {
            line--;
        }
        return line * TrackedBytes.LINE;
    }

    /** Bytes kept on the heap. */
    long bytes() {
        long kept = 4L * lines.length;
        for (byte[] line : lines) {
            kept += line == ZEROS ? 0 : line.length;
        }
        return kept;
    }

    /** A new array with everything in it. */
    byte[] copy() {
        byte[] target = new byte[size];
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] != ZEROS) {
                copyLine(i, target);
            }
        }
        return target;
    }

    /** Copies one line back; past the end of the image, where memory has grown, it is zeros. */
    void copyLine(int index, byte[] target) {
        byte[] line = index < lines.length ? lines[index] : ZEROS;
        System.arraycopy(line, 0, target, index << TrackedBytes.LINE_SHIFT, TrackedBytes.LINE);
    }
}
