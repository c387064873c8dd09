package dev.mayfly.pool;

import java.util.List;

/** What came of a load, before it is a pool. */
sealed interface Loading {
    /** Ready to run. */
    record Ready(FrozenFunction function, List<String> warnings) implements Loading {}

    /** Cannot be run; each problem is a sentence with the mend. */
    record Refused(List<String> problems) implements Loading {}
}
