package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.Constructor;
import java.util.function.Function;

/**
 * The classes of one module. Each module has a loader of its own, so that its classes go when the
 * last function that uses them is gone; nothing of one module can name a class of another.
 *
 * <p>The JVM verifies a class when it links it. Fresh from the compiler, all are linked at load,
 * rather than in the first request, since a flaw of the compiler would show there; those of the
 * disk were, by this very JVM's version, and are defined when a guest first reaches them.
 */
final class GuestClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassSource source;

    private GuestClasses(ClassSource source) {
        super("guest", GuestClasses.class.getClassLoader());
        this.source = source;
    }

    /**
     * What makes the machine of an instance, all its classes verified.
     *
     * @throws LinkageError when the JVM refuses the classes
     */
    static Function<Instance, Machine> verified(ClassSource source) {
        GuestClasses loader = new GuestClasses(source);
        try {
            for (String name : source.names()) {
                Class.forName(name, true, loader);
            }
            return loader.machine();
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    /**
     * What makes the machine of an instance, its classes defined as they are reached.
     *
     * @throws LinkageError when the JVM refuses the first of them
     */
    static Function<Instance, Machine> lazy(ClassSource source) {
        try {
            return new GuestClasses(source).machine();
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    private Function<Instance, Machine> machine() throws ReflectiveOperationException {
        if (source.names().isEmpty()) {
            return InterpreterMachine::new;
        }
        return constructor(
                loadClass(CompiledClasses.MACHINE)
                        .asSubclass(Machine.class)
                        .getConstructor(Instance.class));
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
        byte[] bytes = source.take(name);
        return defineClass(name, bytes, 0, bytes.length);
    }
}
