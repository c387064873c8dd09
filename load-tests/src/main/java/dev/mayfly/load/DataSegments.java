package dev.mayfly.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the constants of a module are: the payloads of its data segments, found by reading the
 * binary's sections.
 *
 * <pre>
 *   \0asm 1 │ id size … │ … │ 11 size  count  { kind [memory] offset-expression  length bytes } …
 * </pre>
 */
final class DataSegments {
    private static final int DATA = 11;
    private static final int END = 0x0b;
    private static final int PASSIVE = 1;

    private final byte[] module;
    private int at = 8; // behind magic and version

    private DataSegments(byte[] module) {
        this.module = module;
    }

    /**
     * A stretch of the module.
     *
     * @param from its first byte
     * @param to behind its last
     */
    record Payload(int from, int to) {}

    /**
     * The payloads in the order of the file; none without a data section.
     *
     * @throws IllegalArgumentException when an offset is no constant of 32 or 64 bits or a global
     */
    static List<Payload> of(byte[] module) {
        return new DataSegments(module).read();
    }

    private List<Payload> read() {
        while (at < module.length) {
            int id = module[at++];
            int size = number();
            if (id == DATA) {
                return segments();
            }
            at += size;
        }
        return List.of();
    }

    private List<Payload> segments() {
        List<Payload> payloads = new ArrayList<>();
        for (int left = number(); left > 0; left--) {
            payloads.add(segment());
        }
        return payloads;
    }

    private Payload segment() {
        int kind = number();
        if (kind > PASSIVE) {
            number(); // which memory
        }
        if (kind != PASSIVE) {
            skipOffset();
        }
        int length = number();
        at += length;
        return new Payload(at - length, at);
    }

    /** {@code i32.const}, {@code i64.const} or {@code global.get}, a number, {@code end}. */
    private void skipOffset() {
        int opcode = module[at++];
        if (opcode != 0x41 && opcode != 0x42 && opcode != 0x23) {
            throw new IllegalArgumentException(
                    "offset opcode: " + opcode + " (expected: a constant or a global)");
        }
        number();
        if (module[at++] != END) {
            throw new IllegalArgumentException("offset: longer than one instruction");
        }
    }

    /** LEB128; of signed ones only the length matters here. */
    private int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = module[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
