package dev.mayfly.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last header block of a function, parsed. Most functions write the same head every time, and
 * then a comparison of bytes replaces the parse. Shared by all runs of the function without a lock:
 * an entry is immutable, and losing one to a race costs a parse.
 */
final class HeadCache {
    // A longer block is not worth a copy.
    private static final int LONGEST = 2048;

    private final CgiHeadParser parser;
    private @Nullable Entry last;
    private int lastSize = 256;

    HeadCache(CgiHeadParser parser) {
        this.parser = parser;
    }

    /** {@return the head that {@code output} starts with if it is the last one, else null} */
    @Nullable CgiHead known(byte[] output, int size) {
        Entry entry = last;
        if (entry == null || size < entry.block.length) {
            return null;
        }
        int length = entry.block.length;
        return Arrays.mismatch(output, 0, length, entry.block, 0, length) < 0 ? entry.head : null;
    }

    /** Parses the block that ends, empty line included, at {@code end}. */
    ParsedHead parse(byte[] output, int end) {
        ParsedHead parsed = parser.parse(output, end);
        if (parsed instanceof CgiHead head && end <= LONGEST) {
            last = new Entry(Arrays.copyOf(output, end), head);
        }
        return parsed;
    }

    /** {@return how much room the next output will likely need} */
    int likelySize() {
        return lastSize;
    }

    void ended(int size) {
        if (size != lastSize) {
            lastSize = size;
        }
    }

    // The bytes are a copy of its own and never written.
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(byte[] block, CgiHead head) {}
}
