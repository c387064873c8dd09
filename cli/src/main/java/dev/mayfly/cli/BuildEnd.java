package dev.mayfly.cli;

import java.time.Duration;
import java.util.List;

/** How a build ended. */
sealed interface BuildEnd {
    /** Nothing it is made of has changed, and neither has what it made. */
    record UpToDate() implements BuildEnd {}

    /**
     * The command ended well and its modules are there.
     *
     * @param time of the command
     * @param notes what may surprise, each a sentence
     */
    record Built(Duration time, List<String> notes) implements BuildEnd {
        public Built {
            notes = List.copyOf(notes);
        }
    }

    /**
     * It did not.
     *
     * @param time of the command
     * @param reason a sentence
     * @param mends what to do; none when what the command printed says nothing known
     */
    record Failed(Duration time, String reason, List<String> mends) implements BuildEnd {
        public Failed {
            mends = List.copyOf(mends);
        }
    }
}
