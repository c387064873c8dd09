package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes WebAssembly binaries byte by byte, wrong ones too: what an assembler would refuse to
 * write, a hostile module still can say.
 */
final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A module of {@code sections}. */
    static byte[] module(WasmBytes... sections) {
        WasmBytes all = new WasmBytes().raw(0, 'a', 's', 'm', 1, 0, 0, 0);
        for (WasmBytes section : sections) {
            all.out.writeBytes(section.bytes());
        }
        return all.bytes();
    }

    /** A section with its true length. */
    static WasmBytes section(int id, WasmBytes content) {
        return new WasmBytes().raw(id).u32(content.out.size()).add(content);
    }

    /** A type section of one {@code () -> ()}. */
    static WasmBytes oneType() {
        return section(1, new WasmBytes().u32(1).raw(0x60).u32(0).u32(0));
    }

    /** A function section of {@code count} functions of type 0. */
    static WasmBytes functions(int count) {
        WasmBytes types = new WasmBytes().u32(count);
        for (int i = 0; i < count; i++) {
            types.u32(0);
        }
        return section(3, types);
    }

    /** A memory section of one memory. */
    static WasmBytes memory(int pages) {
        return section(5, new WasmBytes().u32(1).raw(0).u32(pages));
    }

    /** An export section of one function. */
    static WasmBytes export(String name, int function) {
        return section(7, new WasmBytes().u32(1).name(name).raw(0).u32(function));
    }

    /** An export section of a reactor: functions 0 and 1. */
    static WasmBytes reactorExports() {
        WasmBytes both = new WasmBytes().u32(2).name("_initialize").raw(0, 0);
        return section(7, both.name("handle").raw(0, 1));
    }

    /** A code section of {@code bodies}, each locals and instructions, {@code end} included. */
    static WasmBytes code(WasmBytes... bodies) {
        WasmBytes all = new WasmBytes().u32(bodies.length);
        for (WasmBytes body : bodies) {
            all.u32(body.out.size()).add(body);
        }
        return section(10, all);
    }

    /** A module whose only function, {@code _start}, has {@code body}. */
    static byte[] command(WasmBytes body) {
        return module(oneType(), functions(1), memory(1), export("_start", 0), code(body));
    }

    /** A body without locals that has {@code instructions}; its {@code end} is added. */
    static WasmBytes body(int... instructions) {
        return new WasmBytes().u32(0).raw(instructions).raw(0x0B);
    }

    WasmBytes raw(int... bytes) {
        for (int one : bytes) {
            out.write(one);
        }
        return this;
    }

    WasmBytes repeat(int times, int... bytes) {
        for (int i = 0; i < times; i++) {
            raw(bytes);
        }
        return this;
    }

    WasmBytes u32(long value) {
        long left = value;
        while (left >= 0x80) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    WasmBytes name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    WasmBytes add(WasmBytes other) {
        out.writeBytes(other.bytes());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
