package dev.mayfly.pool;

import java.util.List;

/** What came of a load. */
public sealed interface LoadResult {
    /**
     * Ready to run.
     *
     * @param function the function
     * @param report what it is made of; the function does not keep it
     * @param warnings for its owner: SIMD, functions that are interpreted, debug sections
     */
    record Loaded(GuestFunction function, ModuleReport report, List<String> warnings)
            implements LoadResult {}

    /**
     * Cannot be run, and why.
     *
     * @param problems each a sentence with the mend
     */
    record Unloadable(List<String> problems) implements LoadResult {}
}
