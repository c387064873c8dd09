package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The compiled modules of this process, by digest, for as long as any function uses them.
 *
 * <p>One module is parsed and compiled at a time: both take all the memory they get, and two of
 * them at once would finish no sooner on the cores there are.
 */
final class ModuleLibrary {
    /** Held by the snapshots of the functions that use them, and by nobody else. */
    private final Cache<String, CompiledModule> shared = Caffeine.newBuilder().weakValues().build();

    private final Cache<CompiledModule, List<Interpreted>> leftOut =
            Caffeine.newBuilder().weakKeys().build();

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

    private ReadModule read(byte[] bytes) throws UnloadableException {
        ModuleOutline outline = ModuleReader.outline(bytes);
        String digest = ModuleReader.digest(bytes);
        Optional<SharedModule> known = known(bytes, digest, outline);
        WasmModule module =
                known.isPresent() ? known.get().compiled().module() : ModuleReader.parse(bytes);
        return new ReadModule(digest, module, new ModuleExports(module), outline, known);
    }

    private Optional<SharedModule> used(String digest) {
        @Nullable CompiledModule used = shared.getIfPresent(digest);
        return used == null
                ? Optional.empty()
                : Optional.of(new SharedModule(used, leftOut.get(used, _ -> List.of())));
    }

    /** Classes in use, or on the disk. */
    private Optional<SharedModule> known(byte[] bytes, String digest, ModuleOutline outline)
            throws UnloadableException {
        Optional<SharedModule> used = used(digest);
        if (used.isPresent()) {
            return used;
        }
        Optional<CompiledClasses> kept = disk.find(digest);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        WasmModule module =
                kept.get().interpreted().isEmpty()
                        ? ModuleReader.parseWithoutBodies(bytes, outline)
                        : ModuleReader.parse(bytes);
        return accepted(digest, module, outline, kept.get());
    }

    /** The classes of {@code read}: those in use, those of the disk, or new ones. */
    SharedModule compiled(ReadModule read, LoadSteps steps)
            throws UnloadableException, InterruptedException {
        return read.known().isPresent() ? read.known().get() : alone(steps, () -> compile(read));
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

    private SharedModule compile(ReadModule read) {
        Optional<SharedModule> used = used(read.digest());
        if (used.isPresent()) {
            // Another load of the same binary was before us.
            return used.get();
        }
        WasmModule module = ModuleParts.withoutStart(read.module());
        CompiledClasses classes = ModuleCompiler.compile(module, read.outline());
        Optional<SharedModule> made =
                accepted(read.digest(), read.module(), read.outline(), classes);
        if (made.isPresent()) {
            disk.keep(read.digest(), classes);
            return made.get();
        }
        CompiledClasses none =
                ModuleCompiler.wholly(read.outline(), "the JVM refused its compiled form");
        return accepted(read.digest(), read.module(), read.outline(), none).orElseThrow();
    }

    /** Nothing if the JVM refuses the classes: a flaw of the compiler. */
    private Optional<SharedModule> accepted(
            String digest, WasmModule module, ModuleOutline outline, CompiledClasses classes) {
        boolean interpreted = !classes.interpreted().isEmpty();
        try {
            CompiledModule compiled =
                    new CompiledModule(
                            interpreted
                                    ? ModuleParts.withoutStart(module)
                                    : ModuleParts.withoutBodies(module),
                            startFunction(module),
                            GuestClasses.machines(classes),
                            digest,
                            interpreted,
                            outline.references());
            leftOut.put(compiled, classes.interpreted());
            shared.put(digest, compiled);
            return Optional.of(new SharedModule(compiled, classes.interpreted()));
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    private static OptionalInt startFunction(WasmModule module) {
        return module.startSection()
                .map(start -> OptionalInt.of((int) start.startIndex()))
                .orElse(OptionalInt.empty());
    }
}
