package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The compiled modules of this process, by digest, for as long as any function uses them.
 *
 * <p>One module is parsed and compiled at a time: both take all the memory they get, and two of
 * them at once would finish no sooner on the cores there are.
 */
final class ModuleLibrary {
    private final Cache<String, SharedModule> shared = Caffeine.newBuilder().weakValues().build();
    private final ClassCache disk;
    private final ReentrantLock turn = new ReentrantLock(true);

    ModuleLibrary(ClassCache disk) {
        this.disk = disk;
    }

    /** Reads and validates a binary. */
    ReadModule read(byte[] bytes, LoadSteps steps)
            throws UnloadableException, InterruptedException {
        return alone(steps, () -> read(bytes));
    }

    private static ReadModule read(byte[] bytes) throws UnloadableException {
        ModuleOutline outline = ModuleReader.outline(bytes);
        WasmModule module = ModuleReader.parse(bytes);
        ModuleExports exports = new ModuleExports(module);
        return new ReadModule(ModuleReader.digest(bytes), module, exports, outline);
    }

    /** The classes of {@code read}: those in use, those of the disk, or new ones. */
    SharedModule compiled(ReadModule read, LoadSteps steps)
            throws UnloadableException, InterruptedException {
        return alone(steps, () -> compiled(read));
    }

    private SharedModule compiled(ReadModule read) {
        @Nullable SharedModule known = shared.getIfPresent(read.digest());
        if (known != null) {
            return known;
        }
        SharedModule made = make(read);
        shared.put(read.digest(), made);
        return made;
    }

    /** Waits for its turn here, so that waiting does not count against the step's time. */
    private <T> T alone(LoadSteps steps, LoadSteps.Step<T> step)
            throws UnloadableException, InterruptedException {
        turn.lockInterruptibly();
        try {
            return steps.run(step);
        } finally {
            turn.unlock();
        }
    }

    private SharedModule make(ReadModule read) {
        return disk.find(read.digest())
                .flatMap(classes -> accepted(read, classes))
                .orElseGet(() -> compile(read));
    }

    private SharedModule compile(ReadModule read) {
        WasmModule module = ModuleParts.withoutStart(read.module());
        CompiledClasses classes = ModuleCompiler.compile(module, read.outline());
        Optional<SharedModule> made = accepted(read, classes);
        if (made.isPresent()) {
            disk.keep(read.digest(), classes);
            return made.get();
        }
        CompiledClasses none =
                ModuleCompiler.wholly(read.outline(), "the JVM refused its compiled form");
        return share(read, none, GuestClasses.machines(none));
    }

    /** Nothing if the JVM refuses the classes: a flaw of the compiler. */
    private static Optional<SharedModule> accepted(ReadModule read, CompiledClasses classes) {
        try {
            return Optional.of(share(read, classes, GuestClasses.machines(classes)));
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    private static SharedModule share(
            ReadModule read, CompiledClasses classes, Function<Instance, Machine> machines) {
        boolean interpreted = !classes.interpreted().isEmpty();
        WasmModule module =
                interpreted
                        ? ModuleParts.withoutStart(read.module())
                        : ModuleParts.withoutBodies(read.module());
        CompiledModule compiled =
                new CompiledModule(
                        module,
                        startFunction(read.module()),
                        machines,
                        read.digest(),
                        interpreted,
                        read.outline().references());
        return new SharedModule(compiled, classes.interpreted());
    }

    private static OptionalInt startFunction(WasmModule module) {
        return module.startSection()
                .map(start -> OptionalInt.of((int) start.startIndex()))
                .orElse(OptionalInt.empty());
    }
}
