package dev.mayfly.pool;

/**
 * What initialising made of a module; the same object for all functions it is the same for. Nobody
 * writes to the arrays.
 *
 * @param memory linear memory
 * @param globals see {@link MutableGlobals#freeze()}
 * @param tables the entries of each table
 * @param segments data and element segments
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record FrozenState(MemoryImage memory, long[] globals, int[][] tables, Segments.Image segments) {
    /** Bytes on the heap. */
    long bytes() {
        long bytes = memory.bytes() + 8L * globals.length;
        for (int[] table : tables) {
            bytes += 4L * table.length;
        }
        return bytes;
    }
}
