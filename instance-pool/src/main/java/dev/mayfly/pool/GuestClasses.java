package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one module. Each module has a loader of its own, so that its classes go when the
 * last function that uses them is gone; nothing of one module can name a class of another.
 */
final class GuestClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** Bytes of classes not loaded yet; the JVM keeps its own copy of those that are. */
    private final Map<String, byte[]> waiting;

    private GuestClasses(Map<String, byte[]> classes) {
        super("guest", GuestClasses.class.getClassLoader());
        this.waiting = new ConcurrentHashMap<>(classes);
    }

    /**
     * What makes the machine of an instance.
     *
     * @throws LinkageError when the JVM refuses the classes
     */
    static Function<Instance, Machine> machines(CompiledClasses compiled) {
        if (compiled.classes().isEmpty()) {
            return InterpreterMachine::new;
        }
        GuestClasses loader = new GuestClasses(compiled.classes());
        try {
            for (String name : compiled.classes().keySet()) {
                // Verified now, at load, rather than in the first request.
                Class.forName(name, true, loader);
            }
            return constructor(
                    loader.loadClass(CompiledClasses.MACHINE)
                            .asSubclass(Machine.class)
                            .getConstructor(Instance.class));
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    private static Function<Instance, Machine> constructor(Constructor<? extends Machine> machine) {
        return instance -> {
            try {
                return machine.newInstance(instance);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a machine's constructor only stores", e);
            }
        };
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte @Nullable [] bytes = waiting.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
