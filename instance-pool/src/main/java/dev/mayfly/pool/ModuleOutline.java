package dev.mayfly.pool;

import java.util.List;

/**
 * What a binary says of itself, read without trusting it and without keeping its code.
 *
 * @param bytes size of the binary
 * @param sections each section, in order
 * @param bodies each function with code, in order; imported functions have none
 * @param instructions of all bodies
 * @param atomics whether a body has atomic instructions
 * @param references whether it has garbage-collected objects or exceptions
 * @param objects whether it has instructions of garbage-collected objects
 * @param codeFrom where its code section begins, head included
 * @param codeTo where that ends
 */
record ModuleOutline(
        int bytes,
        List<ModuleReport.Section> sections,
        List<Body> bodies,
        long instructions,
        boolean atomics,
        boolean references,
        boolean objects,
        int codeFrom,
        int codeTo) {
    ModuleOutline {
        sections = List.copyOf(sections);
        bodies = List.copyOf(bodies);
    }

    /**
     * One function's code.
     *
     * @param bytes its size, locals included
     * @param locals how many it declares, parameters not counted
     * @param simd whether it has SIMD instructions
     */
    record Body(int bytes, int locals, boolean simd) {}
}
