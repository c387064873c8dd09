package dev.mayfly.pool;

/** Writes the instructions of one function. */
final class CodeBytes {
    private static final int BULK = 0xFC;
    private final WasmBytes out = new WasmBytes();

    /** As a body of a code section, with {@code i32s} locals of i32 and {@code i64s} of i64. */
    WasmBytes body(int i32s, int i64s) {
        return new WasmBytes().u32(2).u32(i32s).raw(0x7F).u32(i64s).raw(0x7E).add(out).raw(0x0B);
    }

    CodeBytes op(int... bytes) {
        out.raw(bytes);
        return this;
    }

    CodeBytes i32(int value) {
        return op(0x41).signed(value);
    }

    CodeBytes i64(long value) {
        return op(0x42).signed(value);
    }

    private CodeBytes signed(long value) {
        long left = value;
        while (left < -64 || left > 63) {
            out.raw((int) (left & 0x7F) | 0x80);
            left >>= 7;
        }
        return op((int) left & 0x7F);
    }

    CodeBytes call(int function) {
        return indexed(0x10, function);
    }

    CodeBytes getLocal(int local) {
        return indexed(0x20, local);
    }

    CodeBytes setLocal(int local) {
        return indexed(0x21, local);
    }

    CodeBytes getGlobal(int global) {
        return indexed(0x23, global);
    }

    CodeBytes setGlobal(int global) {
        return indexed(0x24, global);
    }

    CodeBytes function(int function) {
        return indexed(0xD2, function);
    }

    CodeBytes indexed(int opcode, int index) {
        out.raw(opcode).u32(index);
        return this;
    }

    /** A load or a store. */
    CodeBytes access(int opcode, int offset) {
        out.raw(opcode, 0).u32(offset);
        return this;
    }

    CodeBytes bulk(int operation, int... indexes) {
        out.raw(BULK).u32(operation);
        for (int index : indexes) {
            out.u32(index);
        }
        return this;
    }

    CodeBytes drop() {
        return op(0x1A);
    }

    /** {@code memory.grow}; leaves the result. */
    CodeBytes grow(int pages) {
        return i32(pages).op(0x40, 0);
    }
}
