package dev.mayfly.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Writes function bodies that are valid, whatever they do: it keeps the types of the operand stack
 * and chooses among what may follow. Its function has a local of each type, 0 to 3.
 */
final class RandomBody {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int F32 = 0x7D;
    private static final int F64 = 0x7C;
    private static final int[] TYPES = {I32, I64, F32, F64};

    private final RandomGenerator random;
    private final WasmBytes out = new WasmBytes();
    private Deque<Integer> stack = new ArrayDeque<>();
    private int depth;

    RandomBody(RandomGenerator random) {
        this.random = random;
    }

    /** A body of about {@code size} instructions. */
    WasmBytes write(int size) {
        out.u32(4).raw(1, I32, 1, I64, 1, F32, 1, F64);
        instructions(size);
        return out.raw(0x0B);
    }

    private void instructions(int count) {
        for (int left = count; left > 0; left--) {
            instruction(left);
        }
        while (!stack.isEmpty()) {
            stack.pop();
            out.raw(0x1A);
        }
    }

    private void instruction(int left) {
        int choice = random.nextInt(12);
        if (choice < 3 || stack.isEmpty()) {
            push(TYPES[random.nextInt(4)]);
        } else if (choice < 7) {
            operate(stack.pop());
        } else if (choice == 7 && depth < 8) {
            nest(left);
        } else if (choice == 8 && depth > 0 && stack.peek() == I32) {
            stack.pop();
            out.raw(0x0D).u32(random.nextInt(depth));
        } else {
            call();
        }
    }

    private void push(int type) {
        if (random.nextBoolean()) {
            out.raw(0x20).u32(I32 - type);
        } else {
            constant(type);
        }
        stack.push(type);
    }

    private void constant(int type) {
        int edge = random.nextInt(3);
        switch (type) {
            case I32, I64 -> out.raw(type == I32 ? 0x41 : 0x42).raw(edge == 0 ? 0x7F : edge);
            case F32 -> out.raw(0x43).raw(0, 0, edge == 0 ? 0xC0 : 0x80, 0x7F);
            default -> out.raw(0x44).repeat(6, edge).raw(0xF0, 0x7F);
        }
    }

    /** Uses an operand of {@code type} that is taken off the stack. */
    private void operate(int type) {
        if (random.nextInt(4) == 0) {
            out.raw(0x21).u32(I32 - type);
        } else if (!stack.isEmpty() && stack.peek() == type) {
            out.raw(binary(type));
        } else {
            unary(type);
        }
    }

    private int binary(int type) {
        return switch (type) {
            case I32 -> 0x6A + random.nextInt(15);
            case I64 -> 0x7C + random.nextInt(15);
            case F32 -> 0x92 + random.nextInt(7);
            default -> 0xA0 + random.nextInt(7);
        };
    }

    private void unary(int type) {
        switch (type) {
            case I32 -> address();
            case I64 -> replace(0x50, I32);
            case F32 -> replace(random.nextBoolean() ? 0x8B + random.nextInt(7) : 0xBB, F32);
            default -> replace(0x99 + random.nextInt(7), F64);
        }
    }

    /** An i32 as an address, a size or a condition. */
    private void address() {
        switch (random.nextInt(5)) {
            case 0 -> load(0x28, 2, I32);
            case 1 -> load(0x29, 3, I64);
            case 2 -> load(0x2B, 3, F64);
            case 3 -> replaceRaw(I32, 0x40, 0);
            default -> replace(0x45, I32);
        }
    }

    private void load(int code, int align, int type) {
        replaceRaw(type, code, align, random.nextInt(100));
    }

    private void replace(int code, int type) {
        if (code == 0xBB) {
            replaceRaw(F64, code);
        } else {
            replaceRaw(type, code);
        }
    }

    private void replaceRaw(int type, int... bytes) {
        out.raw(bytes);
        stack.push(type);
    }

    /** A block, loop or if of its own stack, without a result. */
    private void nest(int left) {
        boolean condition = stack.peek() == I32;
        if (condition) {
            stack.pop();
        }
        Deque<Integer> outer = stack;
        stack = new ArrayDeque<>();
        depth++;
        out.raw(condition ? 0x04 : 0x02 + random.nextInt(2), 0x40);
        instructions(random.nextInt(left));
        if (condition && random.nextBoolean()) {
            out.raw(0x05);
            instructions(random.nextInt(left));
        }
        out.raw(0x0B);
        depth--;
        stack = outer;
    }

    /** Calls a function, a bulk operation, or drops. */
    private void call() {
        switch (random.nextInt(4)) {
            case 0 -> out.raw(0x10, 0);
            case 1 -> out.raw(0x41, 8, 0x41, 1, 0x41, 40, 0xFC, 11, 0);
            case 2 -> out.raw(0x41, 8, 0x41, 1, 0x41, 4, 0xFC, 10, 0, 0);
            default -> {
                stack.pop();
                out.raw(0x1A);
            }
        }
    }
}
