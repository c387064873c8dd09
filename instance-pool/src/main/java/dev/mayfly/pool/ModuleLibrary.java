package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.pool.ArtifactFile.DamagedException;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** What could not be written, to be tried again. */
    private final Cache<CompiledModule, Map<String, byte[]>> unkept =
            Caffeine.newBuilder().weakKeys().build();

    private final Forerun forerun = new Forerun();
    private final ArtifactStore disk;
    private final ReentrantLock turn = new ReentrantLock(true);

    ModuleLibrary(ArtifactStore disk) {
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
        Optional<SharedModule> known = compiled(digest);
        WasmModule module =
                known.isPresent() && !known.get().compiled().interpreted()
                        ? ModuleReader.parseWithoutBodies(bytes)
                        : ModuleReader.parse(bytes);
        return new ReadModule(bytes, digest, module, new ModuleExports(module), outline, known);
    }

    /** The classes of the module {@code digest}, if they are in use or on the disk. */
    Optional<SharedModule> compiled(String digest) {
        return compiled(digest, _ -> {});
    }

    /** The same for a run that waits: the classes it needs are linked beside it. */
    Optional<SharedModule> woken(String digest) {
        return compiled(digest, forerun::begin);
    }

    @SuppressWarnings("NullAway") // the cache takes null for "there is none"
    private Optional<SharedModule> compiled(String digest, Consumer<GuestClasses> beside) {
        @Nullable CompiledModule known = shared.get(digest, name -> kept(name, beside));
        return known == null ? Optional.empty() : Optional.of(share(known));
    }

    private SharedModule share(CompiledModule compiled) {
        return new SharedModule(compiled, leftOut.get(compiled, _ -> List.of()));
    }

    /** The classes of {@code read}: those in use, those of the disk, or new ones. */
    SharedModule compiled(ReadModule read, Survey survey, LoadSteps steps)
            throws UnloadableException, InterruptedException {
        return read.known().isPresent()
                ? read.known().get()
                : alone(steps, () -> compile(read, survey));
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

    private SharedModule compile(ReadModule read, Survey survey)
            throws UnloadableException, InterruptedException {
        Optional<SharedModule> known = compiled(read.digest());
        if (known.isPresent()) {
            // Another load of the same binary was before us.
            return known.get();
        }
        WasmModule module = ModuleParts.withoutStart(read.module());
        CompiledClasses all = ModuleCompiler.compile(module, read.outline());
        try {
            return made(read, LeanClasses.of(all, module, layout(all, read, survey)));
        } catch (LinkageError e) {
            // A flaw of the compiler.
            String why = "the JVM refused its compiled form";
            return made(read, ModuleCompiler.wholly(read.outline(), why));
        }
    }

    private static ClassLayout layout(CompiledClasses all, ReadModule read, Survey survey)
            throws InterruptedException {
        if (all.layout().perClass() == 0) {
            return all.layout();
        }
        return ClassLayout.of(
                all.layout().perClass(),
                survey.of(read, all),
                read.outline().bodies(),
                read.module().importSection().count(ExternalType.FUNCTION));
    }

    /**
     * Takes over new classes.
     *
     * @throws LinkageError when the JVM refuses them
     */
    private SharedModule made(ReadModule read, CompiledClasses classes) throws UnloadableException {
        boolean references = read.outline().references();
        boolean interpreted = !classes.interpreted().isEmpty();
        byte[] bare = BareModule.of(read.bytes(), interpreted, references);
        var facts =
                new ModuleCodec.Facts(
                        bare,
                        references,
                        references ? ModuleParts.startFunction(read.module()) : OptionalInt.empty(),
                        classes.interpreted(),
                        classes.layout());
        Function<Instance, Machine> machines =
                GuestClasses.verified(classes.source(), classes.layout());
        CompiledModule compiled = compiled(read.digest(), facts, machines, classes.bytes());
        shared.put(read.digest(), compiled);
        keep(compiled, ModuleCodec.parts(facts, classes));
        return share(compiled);
    }

    private CompiledModule compiled(
            String digest,
            ModuleCodec.Facts facts,
            Function<Instance, Machine> machines,
            long classBytes)
            throws UnloadableException {
        boolean interpreted = !facts.interpreted().isEmpty();
        CompiledModule compiled =
                new CompiledModule(
                        ModuleReader.parseBare(facts.bare()),
                        facts.start(),
                        machines,
                        digest,
                        interpreted,
                        facts.references(),
                        classBytes + facts.bare().length);
        leftOut.put(compiled, facts.interpreted());
        return compiled;
    }

    private @Nullable CompiledModule kept(String digest, Consumer<GuestClasses> beside) {
        return disk.read(FrozenKey.moduleFile(digest), file -> kept(digest, file, beside))
                .orElse(null);
    }

    private CompiledModule kept(String digest, ArtifactFile file, Consumer<GuestClasses> beside)
            throws IOException, DamagedException {
        ModuleCodec.Facts facts = ModuleCodec.facts(file);
        long bytes = ModuleCodec.classBytes(file);
        ClassSource classes = KeptClasses.in(file, damage -> lost(digest, damage));
        try {
            var machines = GuestClasses.lazy(classes, facts.layout(), beside);
            return compiled(digest, facts, machines, bytes);
        } catch (UnloadableException | LinkageError e) {
            throw new DamagedException("not to be used: " + e.getMessage());
        }
    }

    /** A class is damaged that was not needed until now: whoever comes next finds nothing. */
    private void lost(String digest, DamagedException damage) {
        shared.invalidate(digest);
        disk.damaged(FrozenKey.moduleFile(digest), damage);
    }

    private boolean keep(CompiledModule compiled, Map<String, byte[]> parts) {
        boolean kept = disk.keep(FrozenKey.moduleFile(compiled.digest()), parts);
        if (kept) {
            unkept.invalidate(compiled);
        } else {
            unkept.put(compiled, parts);
        }
        return kept;
    }

    /** Whether the module is on the disk, where it is put now if it could not be before. */
    boolean keeps(CompiledModule compiled) {
        if (disk.has(FrozenKey.moduleFile(compiled.digest()))) {
            return true;
        }
        @Nullable Map<String, byte[]> parts = unkept.getIfPresent(compiled);
        return parts != null && keep(compiled, parts);
    }
}
