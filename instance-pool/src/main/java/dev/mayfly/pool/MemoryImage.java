package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linear memory at the freeze, line by line; a line of zeros is {@code null} and costs four bytes.
 * Immutable: nobody gets hold of a line.
 */
final class MemoryImage {
    private final int size;
    private final @Nullable byte[][] lines;

    private MemoryImage(int size, @Nullable byte[][] lines) {
        this.size = size;
        this.lines = lines;
    }

    static MemoryImage of(byte[] bytes, int size) {
        List<byte @Nullable []> lines = new ArrayList<>();
        for (int at = 0; at < size; at += FlatMemory.LINE) {
            lines.add(lineOrNull(bytes, at));
        }
        return new MemoryImage(size, lines.toArray(new byte[0][]));
    }

    private static byte @Nullable [] lineOrNull(byte[] bytes, int at) {
        byte[] line = Arrays.copyOfRange(bytes, at, at + FlatMemory.LINE);
        return isZero(line) ? null : line;
    }

    private static boolean isZero(byte[] line) {
        for (byte b : line) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return size;
    }

    /** Bytes up to the last that is not zero, in whole lines. */
    int trimmedSize() {
        int line = lines.length;
        while (line > 0 && lines[line - 1] == null) {
            line--;
        }
        return line * FlatMemory.LINE;
    }

    /** Bytes kept on the heap. */
    long bytes() {
        long kept = 4L * lines.length;
        for (byte[] line : lines) {
            kept += line == null ? 0 : line.length;
        }
        return kept;
    }

    /** A new array with everything in it. */
    byte[] copy() {
        byte[] target = new byte[size];
        for (int i = 0; i < lines.length; i++) {
            byte[] line = lines[i];
            if (line != null) {
                System.arraycopy(line, 0, target, i << FlatMemory.LINE_SHIFT, FlatMemory.LINE);
            }
        }
        return target;
    }

    /** Copies one line back; past the end of the image, where memory has grown, it is zeros. */
    void copyLine(int index, byte[] target) {
        int at = index << FlatMemory.LINE_SHIFT;
        byte[] line = index < lines.length ? lines[index] : null;
        if (line == null) {
            Arrays.fill(target, at, at + FlatMemory.LINE, (byte) 0);
        } else {
            System.arraycopy(line, 0, target, at, FlatMemory.LINE);
        }
    }
}
