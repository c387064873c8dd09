package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes broken modules of whole ones, and modules of nothing. */
final class BinaryMutator {
    /** Numbers that readers stumble over: signs, limits, lengths just too long. */
    private static final int[] TELLING = {
        0, 1, 0x7F, 0x80, 0xFF, 0x0B, 0x40, 0x60, 0xFB, 0xFD, 0xFE
    };

    private final RandomGenerator random;
    private final List<byte[]> corpus;

    BinaryMutator(RandomGenerator random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    byte[] next() {
        return switch (random.nextInt(20)) {
            case 0 -> noise();
            case 1 -> sections();
            case 2 -> code();
            case 3, 4 -> splice(pick(), pick());
            case 5, 6, 7, 8, 9 -> valid();
            case 10 -> mutated(valid());
            default -> mutated(pick());
        };
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size())).clone();
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A right head, then sections of random content with their true lengths. */
    private byte[] sections() {
        WasmBytes[] sections = new WasmBytes[1 + random.nextInt(6)];
        for (int i = 0; i < sections.length; i++) {
            WasmBytes content = new WasmBytes();
            for (int left = random.nextInt(20); left > 0; left--) {
                content.raw(random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(5));
            }
            sections[i] = WasmBytes.section(i + random.nextInt(3), content);
        }
        return WasmBytes.module(sections);
    }

    /** A right module around a body of random instructions. */
    private byte[] code() {
        WasmBytes body = new WasmBytes().u32(random.nextInt(3));
        for (int left = random.nextInt(60); left > 0; left--) {
            body.raw(random.nextInt(3) == 0 ? telling() : random.nextInt(0xC5));
        }
        return WasmBytes.command(body.raw(0x0B));
    }

    /** A valid module that does anything: function 0 first, so that calls of it end. */
    private byte[] valid() {
        WasmBytes exports = new WasmBytes().u32(2).name(random.nextBoolean() ? "_initialize" : "a");
        exports.raw(0, 1).name("handle").raw(0, 2);
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(3),
                WasmBytes.memory(random.nextInt(3)),
                WasmBytes.section(7, exports),
                WasmBytes.code(
                        WasmBytes.body(),
                        new RandomBody(random).write(random.nextInt(60)),
                        new RandomBody(random).write(random.nextInt(20))));
    }

    private byte[] splice(byte[] head, byte[] tail) {
        int to = random.nextInt(head.length);
        int from = random.nextInt(tail.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head, 0, to);
        out.write(tail, from, tail.length - from);
        return out.toByteArray();
    }

    private byte[] mutated(byte[] module) {
        byte[] bytes = module;
        for (int left = 1 + random.nextInt(3); left > 0 && bytes.length > 1; left--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) telling();
                case 2 -> bytes[at] += (byte) (random.nextInt(5) - 2);
                case 3 -> bytes = cut(bytes, at, 1 + random.nextInt(4));
                case 4 -> bytes = insert(bytes, at);
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private int telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static byte[] cut(byte[] bytes, int at, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        int from = Math.min(bytes.length, at + length);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    private byte[] insert(byte[] bytes, int at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            out.write(random.nextBoolean() ? telling() : 0xFF);
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
