package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;

/** What {@code mayfly inspect} tells of a module. */
public sealed interface Inspection {
    /**
     * A module that loads.
     *
     * @param form {@code command}, {@code wizer} or {@code reactor}
     * @param entrypoint the export each request calls
     * @param moduleBytes size of the binary
     * @param memory its linear memory
     * @param sections of the binary, in order
     * @param imports as {@code module.name}
     * @param exports names of the exported functions
     * @param interpreted functions that are not compiled
     * @param sample a run of {@code GET /}
     * @param warnings each a sentence
     */
    record Inspected(
            String form,
            String entrypoint,
            int moduleBytes,
            Memory memory,
            List<Part> sections,
            List<String> imports,
            List<String> exports,
            List<Interpreted> interpreted,
            Sample sample,
            List<String> warnings)
            implements Inspection {
        /** Copies the lists in. */
        public Inspected {
            sections = List.copyOf(sections);
            imports = List.copyOf(imports);
            exports = List.copyOf(exports);
            interpreted = List.copyOf(interpreted);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A module that does not load.
     *
     * @param problems each a sentence with the mend
     */
    record Refused(List<String> problems) implements Inspection {
        /** Copies the list in. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Linear memory in 64 KiB pages.
     *
     * @param initialPages at the start
     * @param maximumPages the module's own maximum, or the limit
     * @param imagePages of the snapshot
     */
    record Memory(int initialPages, int maximumPages, int imagePages) {}

    /**
     * A part of the binary.
     *
     * @param name its name
     * @param bytes its size
     */
    record Part(String name, int bytes) {}

    /**
     * A function that is not compiled.
     *
     * @param function its name or index
     * @param bytes size of its body
     * @param reason why
     */
    record Interpreted(String function, int bytes, String reason) {}

    /**
     * A run.
     *
     * @param ending how it ended, a sentence
     * @param time from the start of the run to its end
     * @param dirtyPages 4 KiB pages the reset copied back
     * @param grownPages 64 KiB pages the guest grew its memory by
     */
    record Sample(String ending, Duration time, int dirtyPages, int grownPages) {}
}
