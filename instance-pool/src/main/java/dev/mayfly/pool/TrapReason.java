package dev.mayfly.pool;

import com.dylibso.chicory.wasm.ChicoryException;

/** Words for the owner of a function that trapped. */
final class TrapReason {
    private TrapReason() {}

    static String of(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError e -> "call stack exhausted";
            case OutOfMemoryError e -> "the server has no memory left for it";
            case ChicoryException e -> String.valueOf(e.getMessage());
            case IndexOutOfBoundsException e -> "out of bounds memory access: " + e.getMessage();
            default -> thrown.toString();
        };
    }
}
