package dev.mayfly.kafka;

import dev.mayfly.pool.StringBlock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes {@code NAME=value} strings straight into a block. */
final class Variables {
    private static final byte[] BASE64 = "_BASE64".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 20;

    private final StringBlock block;

    Variables(StringBlock block) {
        this.block = block;
    }

    /** {@return the bytes of {@code name=}} */
    static byte[] name(String name) {
        return (name + "=").getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes text of ASCII only, which needs no encoder. */
    @SuppressWarnings("deprecation")
    void ascii(byte[] name, String value) {
        byte[] bytes = begin(name, value.length());
        int at = block.end() + name.length;
        value.getBytes(0, value.length(), bytes, at);
        end(bytes, at + value.length());
    }

    void put(byte[] name, byte[] value) {
        byte[] bytes = begin(name, value.length);
        int at = block.end() + name.length;
        System.arraycopy(value, 0, bytes, at, value.length);
        end(bytes, at + value.length);
    }

    void put(byte[] name, long value) {
        if (value < 0) {
            ascii(name, Long.toString(value));
            return;
        }
        byte[] bytes = begin(name, LONGEST_NUMBER);
        int at = block.end() + name.length;
        int end = at + digits(value);
        long rest = value;
        for (int i = end - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end(bytes, end);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Writes {@code <prefix><NAME>=value}, or {@code <prefix><NAME>_BASE64} of a value that no
     * variable can hold.
     *
     * @param from where in {@code name} the variable's name begins
     */
    void header(byte[] prefix, String name, int from, byte[] value) {
        if (Octets.isText(value)) {
            header(prefix, name, from, value, false);
        } else {
            header(prefix, name, from, Base64.getEncoder().encode(value), true);
        }
    }

    private void header(byte[] prefix, String name, int from, byte[] value, boolean encoded) {
        int rest = name.length() - from + BASE64.length + 1 + value.length;
        byte[] bytes = begin(prefix, rest);
        int at = block.end() + prefix.length;
        for (int i = from; i < name.length(); i++) {
            bytes[at++] = Octets.variable(name.charAt(i));
        }
        if (encoded) {
            System.arraycopy(BASE64, 0, bytes, at, BASE64.length);
            at += BASE64.length;
        }
        bytes[at++] = '=';
        System.arraycopy(value, 0, bytes, at, value.length);
        end(bytes, at + value.length);
    }

    private byte[] begin(byte[] name, int length) {
        byte[] bytes = block.room(name.length + length + 1);
        System.arraycopy(name, 0, bytes, block.end(), name.length);
        return bytes;
    }

    private void end(byte[] bytes, int end) {
        bytes[end] = 0;
        block.accept(end + 1 - block.end());
    }
}
