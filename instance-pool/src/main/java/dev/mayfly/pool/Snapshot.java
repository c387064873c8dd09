package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Memory;

/**
 * Everything a run can change, as it was at the freeze. Shared by all sandboxes made from it; the
 * arrays inside are never written to.
 *
 * @param globals see {@link MutableGlobals#freeze()}
 * @param tables the entries of each table
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Snapshot(
        CompiledModule module,
        SandboxLimits limits,
        SandboxParts parts,
        MemoryImage memory,
        long[] globals,
        int[][] tables,
        Segments.Image segments) {

    /** Bytes on the heap, the compiled module excluded. */
    long bytes() {
        long bytes = memory.bytes() + 8L * globals.length;
        for (int[] table : tables) {
            bytes += 4L * table.length;
        }
        return bytes;
    }

    /** 64 KiB pages of linear memory at the freeze. */
    int memoryPages() {
        return memory.size() / Memory.PAGE_SIZE;
    }

    /** 64 KiB pages of the image, zeros at its end not counted. */
    int imagePages() {
        return Math.ceilDiv(memory.trimmedSize(), Memory.PAGE_SIZE);
    }
}
