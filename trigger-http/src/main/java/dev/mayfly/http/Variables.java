package dev.mayfly.http;

import dev.mayfly.pool.StringBlock;
import java.nio.charset.StandardCharsets;

/** Writes {@code NAME=value} strings straight into a block; each char of a value is a byte. */
final class Variables {
    private static final byte[] FIELD = name("HTTP_", "");

    private final StringBlock block;

    Variables(StringBlock block) {
        this.block = block;
    }

    /** {@return the bytes of {@code name=}} */
    static byte[] name(String name) {
        return name(name, "=");
    }

    private static byte[] name(String name, String end) {
        return (name + end).getBytes(StandardCharsets.ISO_8859_1);
    }

    void put(byte[] name, String value) {
        put(name, value, 0, value.length());
    }

    void put(byte[] name, int value) {
        byte[] bytes = begin(name, Octets.MOST_DIGITS);
        end(bytes, Octets.decimal(value, bytes, block.end() + name.length));
    }

    /** Writes {@code host:port}. */
    void address(byte[] name, String host, int port) {
        byte[] bytes = begin(name, host.length() + 1 + Octets.MOST_DIGITS);
        int at = copy(host, bytes, block.end() + name.length);
        bytes[at] = ':';
        end(bytes, Octets.decimal(port, bytes, at + 1));
    }

    /** Writes {@code scheme://authority/path}, and {@code ?query} unless that is empty. */
    void url(byte[] name, String scheme, String authority, String path, String query) {
        int length = scheme.length() + 3 + authority.length() + path.length() + 1 + query.length();
        byte[] bytes = begin(name, length);
        int at = copy(scheme, bytes, block.end() + name.length);
        at = copy("://", bytes, at);
        at = copy(authority, bytes, at);
        at = copy(path, bytes, at);
        if (!query.isEmpty()) {
            bytes[at] = '?';
            at = copy(query, bytes, at + 1);
        }
        end(bytes, at);
    }

    // As below.
    @SuppressWarnings("deprecation")
    private static int copy(String text, byte[] into, int at) {
        text.getBytes(0, text.length(), into, at);
        return at + text.length();
    }

    // The one copy of Latin-1 text into a given array that needs no encoder.
    @SuppressWarnings("deprecation")
    void put(byte[] name, String text, int from, int to) {
        byte[] bytes = begin(name, to - from);
        int at = block.end() + name.length;
        text.getBytes(from, to, bytes, at);
        end(bytes, at + to - from);
    }

    /** Writes a well-formed range with its percent-escapes decoded. */
    void decoded(byte[] name, String text, int from, int to) {
        byte[] bytes = begin(name, to - from);
        int at = block.end() + name.length;
        end(bytes, at + Escapes.decode(text, from, to, bytes, at));
    }

    void traceParent(byte[] name, TraceContext trace, long span) {
        byte[] bytes = begin(name, TraceParent.LENGTH);
        int at = block.end() + name.length;
        trace.write(span, bytes, at);
        end(bytes, at + TraceParent.LENGTH);
    }

    /** Writes {@code HTTP_<NAME>=value} of a field whose name may be passed. */
    void field(HeaderFields fields, CharSequence name, CharSequence value) {
        byte[] bytes = begin(FIELD, name.length() + 1 + value.length());
        int at = block.end() + FIELD.length;
        for (int i = 0; i < name.length(); i++) {
            bytes[at++] = Octets.variable(name.charAt(i));
        }
        bytes[at++] = '=';
        fields.copy(value, bytes, at);
        end(bytes, at + value.length());
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
