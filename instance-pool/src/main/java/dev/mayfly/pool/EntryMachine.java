package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import java.lang.invoke.MethodHandle;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function where it is compiled to. The compiled machine finds it through a method that
 * names every function of the module; to verify that method takes a cold start of a large module
 * longer than all the functions it needs.
 */
final class EntryMachine implements Machine {
    private final Instance instance;
    private final Machine compiled;

    /** Finds a compiled function; null for one that only the compiled machine can call. */
    private final IntFunction<@Nullable MethodHandle> entries;

    private int function = -1;
    private @Nullable MethodHandle entry;

    EntryMachine(Instance instance, Machine compiled, IntFunction<@Nullable MethodHandle> entries) {
        this.instance = instance;
        this.compiled = compiled;
        this.entries = entries;
    }

    // Whatever a guest ends with passes through; a method handle declares that it throws anything.
    @SuppressWarnings("IllegalCatch")
    @Override
    public long[] call(int called, long[] arguments) {
        if (called != function) {
            entry = entries.apply(called);
            function = called;
        }
        MethodHandle direct = entry;
        if (direct == null) {
            return compiled.call(called, arguments);
        }
        Memory memory = instance.memory();
        try {
            return (long[]) direct.invokeExact(instance, memory, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("guests throw nothing that is checked", e);
        }
    }
}
