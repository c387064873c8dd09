package dev.mayfly.pool;

import java.nio.charset.StandardCharsets;

/**
 * Reads the primitives of a WebAssembly binary. Never reads past its end and never believes a
 * count: a vector of {@code n} items has at least {@code n} bytes left, or it is malformed.
 */
final class BinaryReader {
    private final byte[] bytes;
    private final int limit;
    private int position;

    BinaryReader(byte[] bytes, int from, int limit) {
        this.bytes = bytes;
        this.position = from;
        this.limit = limit;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    int u8() throws UnloadableException {
        if (position >= limit) {
            throw new UnloadableException("ends at byte " + limit + " where more must follow");
        }
        return bytes[position++] & 0xFF;
    }

    /** An unsigned LEB128 of at most 32 bits. */
    long u32() throws UnloadableException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                if (value > 0xFFFF_FFFFL) {
                    break;
                }
                return value;
            }
        }
        throw new UnloadableException("has a number above 32 bits before byte " + position);
    }

    /** The length of a vector whose items take at least one byte each. */
    int count(String what) throws UnloadableException {
        long count = u32();
        if (count > remaining()) {
            throw new UnloadableException(
                    "declares " + count + " " + what + " where " + remaining() + " bytes are left");
        }
        return (int) count;
    }

    void skip(long length) throws UnloadableException {
        if (length > remaining()) {
            throw new UnloadableException(
                    "ends at byte "
                            + limit
                            + " where "
                            + (length - remaining())
                            + " bytes more must follow");
        }
        position += (int) length;
    }

    /** Skips a LEB128 of at most {@code bits} bits, signed or not. */
    void skipLeb(int bits) throws UnloadableException {
        for (int length = 0; length < (bits + 6) / 7; length++) {
            if (u8() < 0x80) {
                return;
            }
        }
        throw new UnloadableException(
                "has a number above " + bits + " bits before byte " + position);
    }

    String name() throws UnloadableException {
        int length = count("bytes of a name");
        String name = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return name;
    }

    /** The next {@code length} bytes; this reader goes on behind them. */
    BinaryReader slice(long length) throws UnloadableException {
        int from = position;
        skip(length);
        return new BinaryReader(bytes, from, position);
    }
}
