package dev.mayfly.pool;

import java.util.List;

/**
 * What a module is made of.
 *
 * @param form how it is run
 * @param moduleBytes size of the binary
 * @param sections size of each section
 * @param imports as {@code module.name}
 * @param exports names of the exported functions
 * @param entrypoint the export each request calls
 * @param initialPages 64 KiB pages of linear memory at the start
 * @param maximumPages the module's own maximum, or the limit
 * @param imagePages pages of the snapshot's image
 * @param interpreted functions that run in the interpreter, and why
 */
public record ModuleReport(
        ModuleForm form,
        int moduleBytes,
        List<Section> sections,
        List<String> imports,
        List<String> exports,
        String entrypoint,
        int initialPages,
        int maximumPages,
        int imagePages,
        List<Interpreted> interpreted) {
    /** Copies the lists in. */
    public ModuleReport {
        sections = List.copyOf(sections);
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        interpreted = List.copyOf(interpreted);
    }

    /**
     * One section of the binary.
     *
     * @param name its name
     * @param bytes its size
     */
    public record Section(String name, int bytes) {}

    /**
     * A function that is not compiled.
     *
     * @param function its name or index
     * @param bytes size of its body
     * @param reason why
     */
    public record Interpreted(String function, int bytes, String reason) {}
}
