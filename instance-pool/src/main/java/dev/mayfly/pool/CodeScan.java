package dev.mayfly.pool;

import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks instructions without keeping them, to know what compiling would cost before the parser and
 * the compiler begin: both hold an object per instruction, and both follow each branch outwards
 * label by label and each loop's end through the blocks beside it. Those steps are counted here, so
 * that a module of a megabyte cannot buy an hour of them.
 */
final class CodeScan {
    private static final int SIMD = 0xFD;
    private static final int ATOMICS = 0xFE;
    private static final int GARBAGE_COLLECTION = 0xFB;

    private long instructions;
    private long steps;
    private boolean simd;
    private boolean atomics;
    private boolean references;
    private boolean objects;

    /** Instructions so far, of all bodies. */
    long instructions() {
        return instructions;
    }

    /** Labels walked so far, of all bodies. */
    long steps() {
        return steps;
    }

    boolean atomics() {
        return atomics;
    }

    /** Whether there are objects or exceptions, of which the runtime keeps a store. */
    boolean references() {
        return references;
    }

    /** Whether there are instructions of garbage-collected objects. */
    boolean objects() {
        return objects;
    }

    /**
     * Walks one body from behind its locals to its end.
     *
     * @return whether it has SIMD instructions
     */
    boolean body(BinaryReader in) throws UnloadableException {
        return body(in, _ -> {});
    }

    /** The same; {@code rounds} are told where each loop's instructions begin. */
    boolean body(BinaryReader in, IntConsumer rounds) throws UnloadableException {
        simd = false;
        Deque<Block> open = new ArrayDeque<>();
        open.push(new Block(false));
        while (in.remaining() > 0) {
            OpCode op = instruction(in, open);
            if (op == OpCode.LOOP) {
                rounds.accept(in.position());
            }
            nesting(op, open);
        }
        return simd;
    }

    /** Walks a constant expression and its {@code end}. */
    void expression(BinaryReader in) throws UnloadableException {
        Deque<Block> none = new ArrayDeque<>();
        while (instruction(in, none) != OpCode.END) {
            // Each step reads at least a byte, and the reader ends with its section.
        }
    }

    private void nesting(OpCode op, Deque<Block> open) throws UnloadableException {
        switch (op) {
            case BLOCK, IF -> open(open, false);
            case TRY_TABLE -> {
                references = true;
                open(open, false);
            }
            case THROW, THROW_REF -> references = true;
            case LOOP -> open(open, true);
            case END -> close(open);
            default -> {}
        }
    }

    private static void open(Deque<Block> open, boolean loop) throws UnloadableException {
        Block parent = open.peek();
        if (parent == null) {
            throw new UnloadableException("has a function that goes on behind its end");
        }
        parent.children++;
        open.push(new Block(loop));
    }

    private void close(Deque<Block> open) throws UnloadableException {
        Block ended = open.poll();
        if (ended == null) {
            throw new UnloadableException("has a function with more ends than blocks");
        }
        Block parent = open.peek();
        if (ended.loop && parent != null) {
            steps += parent.children;
        }
    }

    private OpCode instruction(BinaryReader in, Deque<Block> open) throws UnloadableException {
        OpCode op = opcode(in);
        instructions++;
        boolean branch =
                switch (op) {
                    case BR, BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL -> true;
                    default -> false;
                };
        for (WasmEncoding operand : OpCode.signature(op)) {
            operand(operand, in, branch ? open.size() : 0);
        }
        return op;
    }

    private OpCode opcode(BinaryReader in) throws UnloadableException {
        int at = in.position();
        int code = in.u8();
        simd |= code == SIMD;
        atomics |= code == ATOMICS;
        objects |= code == GARBAGE_COLLECTION;
        references |= objects;
        if (code >= 0xFB && code < 0xFF) {
            code = (code << 8) + (int) Math.min(in.u32(), 0xFFF);
        }
        @Nullable OpCode op = code < 0xFF00 ? OpCode.byOpCode(code) : null;
        if (op == null) {
            throw new UnloadableException(
                    "has an unknown instruction 0x" + Integer.toHexString(code) + " at byte " + at);
        }
        return op;
    }

    private void operand(WasmEncoding operand, BinaryReader in, int depth)
            throws UnloadableException {
        switch (operand) {
            case VARUINT -> label(in, depth);
            case VARSINT32 -> in.skipLeb(32);
            case VARSINT64 -> in.skipLeb(64);
            case FLOAT32 -> in.skip(4);
            case FLOAT64 -> in.skip(8);
            case V128 -> in.skip(16);
            case BYTE -> in.skip(1);
            case BLOCK_TYPE -> valueType(in);
            case VEC_VARUINT -> labels(in, depth);
            case VEC_VALUE_TYPE -> valueTypes(in);
            case VEC_CATCH -> catches(in);
            case MEMARG -> memoryArgument(in);
        }
    }

    private void label(BinaryReader in, int depth) throws UnloadableException {
        steps += Math.min(in.u32(), depth);
    }

    private void labels(BinaryReader in, int depth) throws UnloadableException {
        for (int left = in.count("labels"); left > 0; left--) {
            label(in, depth);
        }
    }

    private static void valueTypes(BinaryReader in) throws UnloadableException {
        for (int left = in.count("types"); left > 0; left--) {
            valueType(in);
        }
    }

    /** A value type; a reference to a heap type has a second number. */
    static void valueType(BinaryReader in) throws UnloadableException {
        long code = in.u32();
        if (code == 0x63 || code == 0x64) {
            in.skipLeb(33);
        }
    }

    private static void catches(BinaryReader in) throws UnloadableException {
        for (int left = in.count("catch clauses"); left > 0; left--) {
            int code = in.u8();
            if (code > 3) {
                throw new UnloadableException("has an unknown catch clause " + code);
            }
            CatchOpCode clause = CatchOpCode.byOpCode(code);
            if (clause == CatchOpCode.CATCH || clause == CatchOpCode.CATCH_REF) {
                in.u32();
            }
            in.u32();
        }
    }

    private static void memoryArgument(BinaryReader in) throws UnloadableException {
        if (in.u32() >> 6 != 0) {
            in.u32();
        }
        in.u32();
    }

    /** An open block: whether it is a loop, and how many blocks began right inside it. */
    private static final class Block {
        private final boolean loop;
        private int children;

        Block(boolean loop) {
            this.loop = loop;
        }
    }
}
