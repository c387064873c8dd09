package dev.mayfly.pool;

import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * @param layout which of them has which function
 */
record CompiledClasses(
        Map<String, byte[]> classes, List<Interpreted> interpreted, ClassLayout layout) {
    /** The class of the indirect calls; the others hold the functions, and are named after it. */
    static final String MACHINE = "dev.mayfly.guest.Machine";

    CompiledClasses {
        classes = new LinkedHashMap<>(classes);
        interpreted = List.copyOf(interpreted);
    }

    /** Bytes of all classes. */
    long bytes() {
        return classes.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** The classes, forgotten one by one as they are defined. */
    ClassSource source() {
        Map<String, byte[]> waiting = new ConcurrentHashMap<>(classes);
        Set<String> names = Collections.unmodifiableSet(new LinkedHashSet<>(classes.keySet()));
        return new ClassSource() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public byte[] bytes(String name) throws ClassNotFoundException {
                byte @Nullable [] bytes = waiting.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return bytes;
            }

            @Override
            public void forget(String name) {
                waiting.remove(name);
            }
        };
    }
}
