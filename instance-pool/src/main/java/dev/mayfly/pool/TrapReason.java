package dev.mayfly.pool;

import com.dylibso.chicory.wasm.ChicoryException;
import java.io.UncheckedIOException;

/**
 * Words for the owner of a function that trapped.
 *
 * <p>What the JVM says of its own exceptions is left out: its compiler throws the frequent ones
 * without a message, so the same trap would have other words once its code is hot.
 */
final class TrapReason {
    private TrapReason() {}

    static String of(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError e -> "call stack exhausted";
            case OutOfMemoryError e -> "the server has no memory left for it";
            case ChicoryException e -> String.valueOf(e.getMessage());
            case IndexOutOfBoundsException e -> "out of bounds memory access";
            case ArithmeticException e -> "integer divide by zero";
            case UncheckedIOException e -> String.valueOf(e.getMessage());
            case RuntimeException e when unknownInstruction(e) ->
                    "reached an instruction this runtime does not know, SIMD most likely; build"
                            + " without it: -mno-simd128, -C target-feature=-simd128";
            default -> thrown.toString();
        };
    }

    /** How the interpreter says so; it has no exception of its own for it. */
    private static boolean unknownInstruction(RuntimeException thrown) {
        return String.valueOf(thrown.getMessage()).startsWith("Machine doesn't recognize");
    }
}
