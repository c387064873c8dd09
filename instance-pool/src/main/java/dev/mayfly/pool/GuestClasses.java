package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one module. Each module has a loader of its own, so that its classes go when the
 * last function that uses them is gone; nothing of one module can name a class of another.
 *
 * <p>The JVM verifies a class when it links it. Fresh from the compiler, all are linked at load,
 * rather than in the first request, since a flaw of the compiler would show there; those of the
 * disk were, by this very JVM's version, and are defined when a guest first reaches them, or ahead
 * of it.
 */
final class GuestClasses extends ClassLoader {
    private static final MethodType ENTRY =
            MethodType.methodType(void.class, Memory.class, Instance.class);

    static {
        registerAsParallelCapable();
    }

    private static final Logger LOG = LoggerFactory.getLogger(GuestClasses.class);

    private final ClassSource source;
    private final ClassLayout layout;
    private final ConcurrentMap<Integer, MethodHandle> entries = new ConcurrentHashMap<>();

    private GuestClasses(ClassSource source, ClassLayout layout) throws ClassNotFoundException {
        super("guest", HelperClasses.of(source.bytes(HelperClasses.NAME)));
        source.forget(HelperClasses.NAME);
        this.source = source;
        this.layout = layout;
    }

    /**
     * What makes the machine of an instance, all its classes verified.
     *
     * @param layout where its functions are
     * @throws LinkageError when the JVM refuses the classes
     */
    static Function<Instance, Machine> verified(ClassSource source, ClassLayout layout) {
        if (source.names().isEmpty()) {
            return InterpreterMachine::new;
        }
        try {
            GuestClasses loader = new GuestClasses(source, layout);
            loader.link(source.names());
            return loader.machines();
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    /**
     * What makes the machine of an instance, its classes defined as they are reached.
     *
     * @param layout where its functions are
     * @param beside told of the classes, to link them before they are reached
     * @throws LinkageError when the JVM refuses the first of them
     */
    static Function<Instance, Machine> lazy(
            ClassSource source, ClassLayout layout, Consumer<GuestClasses> beside) {
        if (source.names().isEmpty()) {
            return InterpreterMachine::new;
        }
        try {
            GuestClasses loader = new GuestClasses(source, layout);
            beside.accept(loader);
            return loader.machines();
        } catch (ReflectiveOperationException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    private void link(Collection<String> names) throws ClassNotFoundException {
        for (String name : names) {
            Class.forName(name, true, this);
        }
    }

    /**
     * Links the classes that a request needs, in the order it does. Ends early at one that is
     * damaged or refused by the JVM, and says nothing: a guest that reaches it is told, and all
     * others need not know.
     */
    void linkAhead() {
        try {
            link(layout.reachedClasses());
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.debug("not linked ahead", e);
        }
    }

    private Function<Instance, Machine> machines() throws ReflectiveOperationException {
        if (layout.perClass() > 0) {
            return instance -> new EntryMachine(instance, this::entry);
        }
        Constructor<? extends Machine> machine =
                loadClass(CompiledClasses.MACHINE)
                        .asSubclass(Machine.class)
                        .getConstructor(Instance.class);
        return instance -> {
            try {
                return machine.newInstance(instance);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a machine's constructor only stores", e);
            }
        };
    }

    private MethodHandle entry(int function) {
        return entries.computeIfAbsent(function, this::find);
    }

    /** Looks up {@code function}, which has neither parameters nor results. */
    private MethodHandle find(int function) {
        try {
            Class<?> functions = loadClass(layout.classOf(function));
            var lookup = MethodHandles.privateLookupIn(functions, MethodHandles.lookup());
            return lookup.findStatic(functions, "func_" + function, ENTRY);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("function " + function + " is not to be called", e);
        }
    }

    /** Its own classes are not looked for elsewhere: that is to search the whole class path. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(CompiledClasses.MACHINE) || name.equals(HelperClasses.NAME)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = source.bytes(name);
        Class<?> defined = defineClass(name, bytes, 0, bytes.length);
        source.forget(name);
        return defined;
    }
}
