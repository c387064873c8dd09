package dev.mayfly.pool;

/**
 * One guest: an instance with its own memory, tables and WASI functions. Used by one thread at a
 * time; handing it to another needs a happens-before edge.
 */
final class Sandbox {
    private Sandbox() {}

    /**
     * A new instance, its segments in place. Runs no guest code: call the start function next, if
     * the module has one.
     *
     * @throws com.dylibso.chicory.wasm.ChicoryException when a segment does not fit, or an import
     *     is unknown
     */
    static Sandbox instantiate(CompiledModule module, SandboxLimits limits) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** A new instance that equals {@code snapshot}. Runs no guest code. */
    static Sandbox copyOf(Snapshot snapshot) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Calls a function of no parameters on the current thread. Never throws what a guest can cause.
     */
    Ending call(int function, Invocation invocation) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Keeps the state of now. The last call must have ended in {@link Ending.Exited}. */
    Snapshot freeze() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Makes the sandbox equal its snapshot again, after each call. Only for copies of one.
     *
     * @return false when that cannot be promised: throw it away
     */
    boolean reset() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** 4 KiB pages the last call wrote to; ask after the reset. */
    int dirtyPages() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** 64 KiB pages the last call grew memory by; ask after the reset. */
    int grownPages() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Bytes on the heap at this moment, the shared snapshot excluded. */
    long bytes() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** What it asked the world since it was made. */
    Observations observations() {
        throw new UnsupportedOperationException("skeleton");
    }
}
