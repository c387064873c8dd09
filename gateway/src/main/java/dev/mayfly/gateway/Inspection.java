package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code mayfly inspect} tells of a module.
 *
 * @param make what it is made of; empty when it is no valid module
 * @param sample a run of {@code GET /}; empty when the module does not load
 * @param problems why it does not load, each a sentence with the mend; empty when it does
 * @param warnings each a sentence
 */
public record Inspection(
        Optional<Make> make,
        Optional<Sample> sample,
        List<String> problems,
        List<String> warnings) {
    /** Copies the lists in. */
    public Inspection {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * What a module is made of.
     *
     * @param form {@code command}, {@code wizer} or {@code reactor}
     * @param entrypoint the export each request calls
     * @param moduleBytes size of the binary
     * @param memory its linear memory
     * @param sections of the binary, in order
     * @param imports as {@code module.name}
     * @param exports names of the exported functions
     * @param interpreted functions that are not compiled
     */
    public record Make(
            String form,
            String entrypoint,
            int moduleBytes,
            Memory memory,
            List<Part> sections,
            List<String> imports,
            List<String> exports,
            List<Interpreted> interpreted) {
        /** Copies the lists in. */
        public Make {
            sections = List.copyOf(sections);
            imports = List.copyOf(imports);
            exports = List.copyOf(exports);
            interpreted = List.copyOf(interpreted);
        }
    }

    /**
     * Linear memory in 64 KiB pages.
     *
     * @param initialPages at the start
     * @param maximumPages the module's own maximum, or the limit
     * @param imagePages of the snapshot; 0 when there is none
     */
    public record Memory(int initialPages, int maximumPages, int imagePages) {}

    /**
     * A part of the binary.
     *
     * @param name its name
     * @param bytes its size
     */
    public record Part(String name, int bytes) {}

    /**
     * A function that is not compiled.
     *
     * @param function its name or index
     * @param bytes size of its body
     * @param reason why
     */
    public record Interpreted(String function, int bytes, String reason) {}

    /**
     * A run.
     *
     * @param ending how it ended, a sentence
     * @param time from the start of the run to its end
     * @param dirtyPages 4 KiB pages the reset copied back
     * @param grownPages 64 KiB pages the guest grew its memory by
     * @param hostCalls imports the guest called
     */
    public record Sample(
            String ending, Duration time, int dirtyPages, int grownPages, int hostCalls) {}
}
