package dev.mayfly.pool;

import dev.mayfly.pool.ModuleReport.Interpreted;
import dev.mayfly.pool.ModuleReport.Section;
import java.util.List;

/** Puts a report together from what a load learned. */
final class Reports {
    private Reports() {}

    /**
     * What {@code read} is made of.
     *
     * @param limit of its memory, in pages
     * @param imagePages of its snapshot; 0 when it has none
     */
    static ModuleReport of(
            ReadModule read, Plan plan, int limit, int imagePages, List<Interpreted> interpreted) {
        var memory = read.module().memorySection().filter(all -> all.memoryCount() > 0);
        int initial = memory.map(all -> all.getMemory(0).limits().initialPages()).orElse(0);
        int maximum = memory.map(all -> all.getMemory(0).limits().maximumPages()).orElse(0);
        return new ModuleReport(
                plan.form(),
                read.outline().bytes(),
                sections(read.outline()),
                Printable.names(ImportRules.names(read.module())),
                Printable.names(read.exports().names()),
                plan.entrypoint(),
                initial,
                Math.min(maximum, limit),
                imagePages,
                interpreted);
    }

    private static List<Section> sections(ModuleOutline outline) {
        return outline.sections().stream()
                .map(section -> new Section(Printable.name(section.name()), section.bytes()))
                .toList();
    }
}
