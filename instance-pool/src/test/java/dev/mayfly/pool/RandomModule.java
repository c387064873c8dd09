package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A module of random programs that store, fill, copy, grow, write to tables and globals, drop
 * segments, ask the host, and now and then trap, exit, flood, recurse or compute for ever.
 *
 * <p>A program reads a number from its input and computes its addresses from it, so that no two
 * runs are alike.
 */
final class RandomModule {
    /** Functions that each module exports besides {@code p0}, {@code p1}…. */
    static final String PLANT = "plant";

    static final String SEEK = "seek";
    static final String FOREVER = "forever";
    static final int PROGRAMS = 12;
    static final long MASK = 0x5A5A_A5A5_0FF0_F00FL;

    static final int FD_WRITE = 0;
    static final int FD_READ = 1;
    static final int RANDOM_GET = 2;
    static final int ENVIRON_SIZES_GET = 3;
    static final int ENVIRON_GET = 4;
    static final int PROC_EXIT = 5;
    static final int FD_CLOSE = 6;
    static final int RECURSE = 7;
    private static final int PLANTING = 9;

    /** Copies a constant to a global; if they are vectors the interpreter runs it. */
    static final int CHANGE_VECTOR = 11;

    /** Small functions that tables lead to; the last is in no segment but the declaring one. */
    static final int[] SMALL = {12, 13, 14};

    private static final int IMPORTS = 7;
    private static final int HELPERS = 8;

    private static final String[] NAMES = {
        "fd_write",
        "fd_read",
        "random_get",
        "environ_sizes_get",
        "environ_get",
        "proc_exit",
        "fd_close"
    };
    private static final int[] IMPORT_TYPES = {1, 1, 2, 2, 2, 3, 4};

    final int pages;
    final int mostPages;

    /** Whether equal input leads to equal output: its programs ask for no random bytes. */
    final boolean repeatable;

    final boolean vectors;
    private final Random random;

    /** Without {@code vectors} all of it is compiled. */
    RandomModule(Random random, boolean vectors) {
        this.random = random;
        this.vectors = vectors;
        pages = 1 << random.nextInt(3);
        mostPages = pages + random.nextInt(6);
        repeatable = random.nextInt(4) != 0;
    }

    byte[] bytes() {
        return WasmBytes.module(
                types(),
                imports(),
                WasmBytes.functions(HELPERS + PROGRAMS),
                tables(),
                memory(),
                globals(),
                exports(),
                elements(),
                WasmBytes.section(12, new WasmBytes().u32(3)),
                code(),
                data());
    }

    private static WasmBytes types() {
        var types = new WasmBytes().u32(5).raw(0x60, 0, 0);
        types.raw(0x60, 4, 0x7F, 0x7F, 0x7F, 0x7F, 1, 0x7F).raw(0x60, 2, 0x7F, 0x7F, 1, 0x7F);
        return WasmBytes.section(1, types.raw(0x60, 1, 0x7F, 0).raw(0x60, 1, 0x7F, 1, 0x7F));
    }

    private static WasmBytes imports() {
        var imports = new WasmBytes().u32(IMPORTS);
        for (int i = 0; i < IMPORTS; i++) {
            imports.name("wasi_snapshot_preview1").name(NAMES[i]).raw(0).u32(IMPORT_TYPES[i]);
        }
        return WasmBytes.section(2, imports);
    }

    private static WasmBytes tables() {
        return WasmBytes.section(4, new WasmBytes().u32(2).raw(0x70, 1, 8, 40).raw(0x70, 0, 5));
    }

    private WasmBytes memory() {
        return WasmBytes.section(5, new WasmBytes().u32(1).raw(1).u32(pages).u32(mostPages));
    }

    /** Mutable: 0 i32, 1 i64, 2 f64, 3 v128 or i64. Constant: 4 like 3. */
    private WasmBytes globals() {
        var globals = new WasmBytes().u32(5);
        globals.raw(0x7F, 1).add(new WasmBytes().raw(0x41, 7)).raw(0x0B);
        globals.raw(0x7E, 1).raw(0x42, 9).raw(0x0B);
        globals.raw(0x7C, 1).raw(0x44).repeat(8, 0x11).raw(0x0B);
        int constant = 1 + random.nextInt(30);
        if (vectors) {
            globals.raw(0x7B, 1).raw(0xFD, 12).repeat(16, 0x22).raw(0x0B);
            globals.raw(0x7B, 0).raw(0xFD, 12).repeat(16, constant).raw(0x0B);
        } else {
            globals.raw(0x7E, 1, 0x42, 0x22, 0x0B).raw(0x7E, 0, 0x42, constant, 0x0B);
        }
        return WasmBytes.section(6, globals);
    }

    private static WasmBytes exports() {
        var exports = new WasmBytes().u32(3 + PROGRAMS);
        exports.name(FOREVER).raw(0).u32(RECURSE + 1);
        exports.name(PLANT).raw(0).u32(RECURSE + 2);
        exports.name(SEEK).raw(0).u32(RECURSE + 3);
        for (int i = 0; i < PROGRAMS; i++) {
            exports.name("p" + i).raw(0).u32(IMPORTS + HELPERS + i);
        }
        return WasmBytes.section(7, exports);
    }

    /** 0 active in table 0, 1 and 2 passive, 3 declaring. */
    private static WasmBytes elements() {
        var elements = new WasmBytes().u32(4);
        elements.raw(0, 0x41, 1, 0x0B, 3, SMALL[0], SMALL[1], CHANGE_VECTOR);
        elements.raw(1, 0, 4, SMALL[1], SMALL[0], PLANTING, CHANGE_VECTOR);
        elements.raw(1, 0, 2, CHANGE_VECTOR, SMALL[1]).raw(3, 0, 1, SMALL[2]);
        return WasmBytes.section(9, elements);
    }

    /** 0 active, across a line; 1 and 2 passive. */
    private WasmBytes data() {
        var data = new WasmBytes().u32(3);
        data.raw(0, 0x41, 0xF0, 0x1F, 0x0B).u32(64).repeat(64, 1 + random.nextInt(200));
        data.raw(1).u32(5000).repeat(5000, 1 + random.nextInt(200));
        return WasmBytes.section(11, data.raw(1).u32(16).repeat(16, 0xEE));
    }

    private WasmBytes code() {
        List<WasmBytes> bodies = new ArrayList<>();
        bodies.add(new CodeBytes().call(RECURSE).op(0x00).body(0, 0));
        bodies.add(new CodeBytes().op(0x03, 0x40, 0x0C, 0, 0x0B).body(0, 0));
        bodies.add(plant());
        bodies.add(seek());
        bodies.add(new CodeBytes().getGlobal(4).setGlobal(3).body(0, 0));
        bodies.add(small(3));
        bodies.add(small(5));
        bodies.add(small(7));
        for (int i = 0; i < PROGRAMS; i++) {
            bodies.add(new RandomProgram(random, pages, repeatable).body());
        }
        return WasmBytes.code(bodies.toArray(new WasmBytes[0]));
    }

    /** Adds to a global and stores it where programs print. */
    private static WasmBytes small(int number) {
        var code = new CodeBytes().getGlobal(0).i32(number).op(0x6A).setGlobal(0);
        return code.i32(number * 100).getGlobal(0).access(0x36, 0).body(0, 0);
    }

    /** Reads eight bytes of input to address 64. */
    static CodeBytes readInput(CodeBytes code) {
        code.i32(0).i32(64).access(0x36, 0).i32(4).i32(8).access(0x36, 0);
        return code.i32(0).i32(0).i32(1).i32(8).call(FD_READ).drop();
    }

    /** Stores what it read every 1000 bytes, in a page it grew by, and in a global. */
    private WasmBytes plant() {
        var code = readInput(new CodeBytes()).i32(64).access(0x29, 0).setLocal(1);
        code.grow(1).drop().getLocal(1).setGlobal(1);
        code.op(0x03, 0x40); // loop
        code.getLocal(0).getLocal(1).access(0x37, 0);
        code.getLocal(0).i32(1000).op(0x6A).setLocal(0);
        code.getLocal(0).op(0x3F, 0).i32(65536).op(0x6C).i32(8).op(0x6B, 0x49, 0x0D, 0, 0x0B);
        return code.body(1, 1);
    }

    /** Counts, at every address and after growing as far as it can, what it read (masked). */
    private WasmBytes seek() {
        var code = readInput(new CodeBytes()).i32(64).access(0x29, 0).i64(MASK).op(0x85);
        code.setLocal(2).grow(mostPages - pages).drop();
        code.op(0x03, 0x40); // loop
        code.getLocal(0).access(0x29, 0).getLocal(2).op(0x51).getLocal(1).op(0x6A).setLocal(1);
        code.getLocal(0).i32(1).op(0x6A).setLocal(0);
        code.getLocal(0).op(0x3F, 0).i32(65536).op(0x6C).i32(8).op(0x6B, 0x49, 0x0D, 0, 0x0B);
        code.getGlobal(1).getLocal(2).op(0x51).getLocal(1).op(0x6A).setLocal(1);
        code.i32(72).getLocal(1).access(0x36, 0);
        code.i32(0).i32(72).access(0x36, 0).i32(4).i32(4).access(0x36, 0);
        code.i32(1).i32(0).i32(1).i32(8).call(FD_WRITE).drop();
        return code.body(2, 1);
    }
}
