package dev.mayfly.pool;

import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

    /** Bytes of all classes. */
    long bytes() {
        return classes.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** The classes, forgotten one by one as they are taken: the JVM keeps its own copies. */
    ClassSource source() {
        Map<String, byte[]> waiting = new ConcurrentHashMap<>(classes);
        Set<String> names = Set.copyOf(classes.keySet());
        return new ClassSource() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public byte[] take(String name) throws ClassNotFoundException {
                byte @Nullable [] bytes = waiting.remove(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return bytes;
            }
        };
    }
}
