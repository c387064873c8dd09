package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.invoke.MethodHandle;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function where it is compiled to. The compiler's own machine finds it through a method
 * that names every function of the module; to verify that method takes a cold start of a large
 * module longer than all the functions it needs.
 */
final class EntryMachine implements Machine {
    private final Instance instance;

    /** Finds a compiled function that takes and gives nothing. */
    private final IntFunction<MethodHandle> entries;

    private int function = -1;
    private @Nullable MethodHandle entry;

    EntryMachine(Instance instance, IntFunction<MethodHandle> entries) {
        this.instance = instance;
        this.entries = entries;
    }

    // Whatever a guest ends with passes through; a method handle declares that it throws anything.
    @SuppressWarnings("IllegalCatch")
    @Override
    public long[] call(int called, long[] arguments) {
        MethodHandle direct = entry;
        if (direct == null || called != function) {
            direct = entries.apply(called);
            entry = direct;
            function = called;
        }
        try {
            direct.invokeExact(instance.memory(), instance);
            return arguments; // as empty as its results
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("guests throw nothing that is checked", e);
        }
    }
}
