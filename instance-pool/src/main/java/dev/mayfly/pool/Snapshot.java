package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Memory;

/**
 * Everything a run can change, as it was at the freeze, and what it may use. Shared by all
 * sandboxes made from it.
 *
 * @param module without the data that is in the image already
 * @param limits of each sandbox
 * @param parts makes them
 * @param state shared with other functions
 */
record Snapshot(
        CompiledModule module, SandboxLimits limits, SandboxParts parts, FrozenState state) {
    MemoryImage memory() {
        return state.memory();
    }

    long[] globals() {
        return state.globals();
    }

    int[][] tables() {
        return state.tables();
    }

    Segments.Image segments() {
        return state.segments();
    }

    /** Bytes on the heap, the compiled module excluded. */
    long bytes() {
        return state.bytes();
    }

    /** The same, made from {@code bare}, which lacks what no copy needs. */
    Snapshot on(CompiledModule bare) {
        Segments.Image segments = state.segments().on(bare.module());
        return new Snapshot(
                bare,
                limits,
                parts,
                new FrozenState(state.memory(), state.globals(), state.tables(), segments));
    }

    /** 64 KiB pages of linear memory at the freeze. */
    int memoryPages() {
        return memory().size() / Memory.PAGE_SIZE;
    }

    /** 64 KiB pages of the image, zeros at its end not counted. */
    int imagePages() {
        return Math.ceilDiv(memory().trimmedSize(), Memory.PAGE_SIZE);
    }
}
