package dev.mayfly.pool;

import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What compiling a module yields.
 *
 * @param classes bytes by class name; empty when the whole module is interpreted
 * @param interpreted the functions that are not compiled
 */
record CompiledClasses(Map<String, byte[]> classes, List<Interpreted> interpreted) {
    /** The class that runs a module; the others hold its functions. */
    static final String MACHINE = "dev.mayfly.guest.Machine";

    CompiledClasses {
        classes = new LinkedHashMap<>(classes);
        interpreted = List.copyOf(interpreted);
    }
}
