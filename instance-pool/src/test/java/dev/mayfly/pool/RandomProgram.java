package dev.mayfly.pool;

import java.util.Random;

/** The body of one random program. */
final class RandomProgram {
    /** Width of each store instruction, so that addresses can be chosen close to a line's end. */
    private static final int[] I32_STORES = {0x36, 0x3A, 0x3B};

    private static final int[] I64_STORES = {0x37, 0x3C, 0x3D, 0x3E};

    private final Random random;
    private final int size;
    private final boolean repeatable;
    private final CodeBytes code = new CodeBytes();

    RandomProgram(Random random, int pages, boolean repeatable) {
        this.repeatable = repeatable;
        this.random = random;
        this.size = pages << 16;
    }

    WasmBytes body() {
        RandomModule.readInput(code).i32(64).access(0x28, 0).setLocal(0);
        int steps = 2 + random.nextInt(20);
        for (int i = 0; i < steps; i++) {
            step();
        }
        if (random.nextInt(4) == 0) {
            last();
        }
        return code.body(1, 0);
    }

    private void step() {
        switch (random.nextInt(21)) {
            case 0, 1, 2, 3, 4, 5, 6 -> store();
            case 7 -> fill();
            case 8 -> copy();
            case 9 -> code.grow(random.nextInt(3)).drop();
            case 10, 11 -> table();
            case 12 -> segment();
            case 13, 14 -> global();
            case 15 -> print(1 + random.nextInt(2), random.nextInt(3000));
            case 16 -> code.i32(100 + random.nextInt(200)).i32(900).call(env()).drop();
            case 17 -> randomBytes();
            case 18 -> code.i32(random.nextInt(4)).call(RandomModule.FD_CLOSE).drop();
            case 19 -> indirect();
            default -> straddle();
        }
    }

    /** Often the end of the run, one way or another. */
    private void last() {
        switch (random.nextInt(7)) {
            case 0 -> code.op(0x00);
            case 1 -> code.i32(random.nextInt(3)).call(RandomModule.PROC_EXIT);
            case 2 -> code.i32(1).i32(0).op(0x6E).drop(); // divides by zero
            case 3 -> code.i32(size + (16 << 16)).i32(1).access(0x36, 0); // out of bounds
            case 4 -> flood();
            case 5 ->
                    code.getLocal(0)
                            .i32(31)
                            .op(0x71, 0x45, 0x04, 0x40)
                            .call(RandomModule.RECURSE)
                            .op(0x0B);
            default -> code.i32(0x7FFF_FFFF).i64(1).access(0x37, 0x7FFF_FFF0);
        }
    }

    private int env() {
        return random.nextBoolean() ? RandomModule.ENVIRON_GET : RandomModule.ENVIRON_SIZES_GET;
    }

    /** An address inside the initial memory that depends on the input. */
    private CodeBytes address() {
        code.getLocal(0).i32(random.nextInt() | 1).op(0x6C);
        return code.i32(random.nextInt()).op(0x6A).i32(size - 1).op(0x71);
    }

    private void store() {
        address();
        store(random.nextInt(25) == 0 ? size : random.nextInt(100));
    }

    private void store(int offset) {
        switch (random.nextInt(4)) {
            case 0 -> code.i32(random.nextInt()).access(pick(I32_STORES), offset);
            case 1 -> code.i64(random.nextLong()).access(pick(I64_STORES), offset);
            case 2 -> code.op(0x43, 1, 2, 3, 4).access(0x38, offset);
            default -> code.op(0x44, 1, 2, 3, 4, 5, 6, 7, 8).access(0x39, offset);
        }
    }

    /** A store whose first byte is one of the last seven of a line. */
    private void straddle() {
        address().i32(-4096).op(0x71).i32(4096 - 1 - random.nextInt(7)).op(0x72);
        store(0);
    }

    private int pick(int[] opcodes) {
        return opcodes[random.nextInt(opcodes.length)];
    }

    private void fill() {
        address().i32(random.nextInt(256)).i32(random.nextInt(9000)).bulk(11, 0);
    }

    private void copy() {
        address();
        address().i32(random.nextInt(9000)).bulk(10, 0, 0);
    }

    private void randomBytes() {
        int length = repeatable ? 0 : random.nextInt(5000);
        address().i32(length).call(RandomModule.RANDOM_GET).drop();
    }

    private void table() {
        int table = random.nextInt(2);
        int function = inATable();
        int at = random.nextInt(4);
        switch (random.nextInt(5)) {
            case 0 -> code.i32(at).function(function).indexed(0x26, table);
            case 1 -> code.function(function).i32(random.nextInt(12)).bulk(15, table).drop();
            case 2 -> code.i32(at).op(0xD0, 0x70).i32(random.nextInt(3)).bulk(17, table);
            case 3 -> code.i32(at).i32(random.nextInt(4)).i32(2).bulk(14, table, 1 - table);
            default -> code.i32(at).i32(0).i32(2).bulk(12, 1 + random.nextInt(2), table);
        }
    }

    private int inATable() {
        int choice = random.nextInt(RandomModule.SMALL.length + 1);
        return choice == 0 ? RandomModule.CHANGE_VECTOR : RandomModule.SMALL[choice - 1];
    }

    /** A call through a table: to what it holds from the start, or what is put there. */
    private void indirect() {
        int table = random.nextInt(2);
        int at = 1 + random.nextInt(3);
        if (table == 1 || random.nextBoolean()) {
            code.i32(at).function(inATable()).indexed(0x26, table);
        }
        code.i32(at).op(0x11, 0, table);
    }

    private void segment() {
        int segment = 1 + random.nextInt(2);
        switch (random.nextInt(3)) {
            case 0 -> code.bulk(9, segment);
            case 1 -> code.bulk(13, segment);
            default -> address().i32(0).i32(random.nextInt(17)).bulk(8, segment, 0);
        }
    }

    private void global() {
        switch (random.nextInt(4)) {
            case 0 -> code.getLocal(0).setGlobal(0);
            case 1 -> code.i64(random.nextLong()).setGlobal(1);
            case 2 -> code.op(0x44, 9, 9, 9, 9, 9, 9, 9, 9).setGlobal(2);
            default -> code.call(RandomModule.CHANGE_VECTOR);
        }
    }

    private void print(int fd, int length) {
        code.i32(16).i32(random.nextInt(1000)).access(0x36, 0);
        code.i32(20).i32(length).access(0x36, 0);
        code.i32(fd).i32(16).i32(1).i32(24).call(RandomModule.FD_WRITE).drop();
    }

    /** More than {@link Isolation#OUTPUT}. */
    private void flood() {
        for (int i = 0; i < 4; i++) {
            print(1, 60_000);
        }
    }
}
