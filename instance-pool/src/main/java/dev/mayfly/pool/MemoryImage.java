package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.nio.ByteBuffer;
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

    /**
     * As it is kept on disk: size, number of lines that are not zeros, the index of each, then
     * their bytes.
     */
    byte[] packed() {
        int kept = 0;
        for (byte[] line : lines) {
            kept += line == ZEROS ? 0 : 1;
        }
        ByteBuffer out = ByteBuffer.allocate(8 + kept * (4 + TrackedBytes.LINE));
        out.putInt(size).putInt(kept);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] != ZEROS) {
                out.putInt(i);
            }
        }
        for (byte[] line : lines) {
            if (line != ZEROS) {
                out.put(line);
            }
        }
        return out.array();
    }

    /**
     * Undoes {@link #packed}.
     *
     * @throws DamagedException when {@code packed} was never packed
     */
    static MemoryImage unpacked(byte[] packed) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(packed);
        int size = in.getInt();
        int kept = in.getInt();
        long expected = 8 + kept * (4L + TrackedBytes.LINE);
        if (size < 0 || kept < 0 || expected != packed.length) {
            throw new DamagedException("with an image of " + size + " bytes, " + kept + " lines");
        }
        byte[][] lines = new byte[size >>> TrackedBytes.LINE_SHIFT][];
        Arrays.fill(lines, ZEROS);
        int at = 8 + 4 * kept;
        for (int i = 0; i < kept; i++, at += TrackedBytes.LINE) {
            lines[in.getInt()] = Arrays.copyOfRange(packed, at, at + TrackedBytes.LINE);
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
