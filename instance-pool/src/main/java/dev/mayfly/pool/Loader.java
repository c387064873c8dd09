package dev.mayfly.pool;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a frozen function of a module's bytes, or says why it cannot.
 *
 * <pre>
 *   bytes ─► outline ─► parse ─► rules, plan ─► compile ─► instantiate ─► initialise ─► freeze
 *            counts     valid    all problems   survey,    no guest code  warm-ups      lint, probe
 *                                               or disk
 * </pre>
 *
 * Everything behind the outline runs on threads of its own, each step for a limited time: the
 * bytes, and the guest they hold, may be hostile.
 */
final class Loader {
    private final ArtifactStore store;
    private final ModuleLibrary library;
    private final Freezer freezer;
    private final boolean objects;
    private final LogSink log;

    /** A loader that keeps what it makes, and refuses what the settings do not allow. */
    Loader(RuntimeSettings settings, LogSink log) {
        store = new ArtifactStore(settings.cacheFolder(), settings.cacheBytes());
        this.objects = settings.objects();
        this.library = new ModuleLibrary(store);
        this.freezer = new Freezer(store, library);
        this.log = log;
    }

    /** What the disk keeps. */
    RuntimeStats.Cache cache() {
        return new RuntimeStats.Cache(store.bytes(), store.maxBytes());
    }

    /**
     * Brings back a function that was loaded before, without the module's bytes; runs no guest
     * code. Blocks for some milliseconds, on the caller's thread.
     *
     * @param key of the function when it was loaded
     * @param limits of its sandboxes
     * @return empty when what was kept is missing or damaged: load it again, its key may differ
     */
    Optional<FrozenFunction> thaw(FrozenKey key, SandboxLimits limits) {
        return freezer.thaw(key, limits);
    }

    /**
     * Whether {@link #thaw} will find {@code function}; puts on the disk what could not be put
     * there before. Ask before letting go of it. Blocks for a moment.
     */
    boolean keeps(FrozenFunction function) {
        return freezer.keeps(function);
    }

    /** Loads; blocks from milliseconds to many seconds. */
    Loading load(LoadRequest request) {
        Attempt attempt = new Attempt(request);
        Optional<FrozenFunction> frozen = attempt.run();
        return frozen.isPresent()
                ? new Loading.Ready(frozen.get(), attempt.findings.warnings())
                : new Loading.Refused(attempt.findings.problems());
    }

    /** Tells what the module is made of, as far as it can be loaded. Blocks as {@link #load}. */
    ModuleInspection inspect(LoadRequest request) {
        Attempt attempt = new Attempt(request);
        Optional<FrozenFunction> frozen = attempt.run();
        return new ModuleInspection(
                frozen.map(FrozenFunction::report).or(() -> attempt.report),
                attempt.findings.problems(),
                attempt.findings.warnings());
    }

    /** One load, and what it knew when it ended. */
    private final class Attempt {
        private final LoadRequest request;
        private final LoadSteps steps;
        private final Findings findings = new Findings();
        private Optional<ModuleReport> report = Optional.empty();

        Attempt(LoadRequest request) {
            this.request = request;
            this.steps = new LoadSteps(request.id());
        }

        /** The function; or nothing, and problems. */
        Optional<FrozenFunction> run() {
            try {
                return held(library.read(request.source().bytes(), steps));
            } catch (UnloadableException e) {
                findings.problem(e.sentence());
            } catch (IOException e) {
                findings.problem(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                findings.problem("the load was interrupted; load it again");
            }
            return Optional.empty();
        }

        /** What was compiled for this load is not evicted before it has ended. */
        private Optional<FrozenFunction> held(ReadModule read)
                throws UnloadableException, InterruptedException {
            try (ArtifactStore.Hold _ = freezer.hold(read.digest())) {
                return load(read);
            }
        }

        private Optional<FrozenFunction> load(ReadModule read)
                throws UnloadableException, InterruptedException {
            Plan plan = steps.run(() -> checked(read));
            if (findings.refused()) {
                return Optional.empty();
            }
            SharedModule module = library.compiled(read, new Survey(request, plan), steps);
            ModuleRules.interpreted(module.interpreted(), findings);
            report = Optional.of(report(read, plan, module.interpreted(), 0));
            return frozen(read, plan, module);
        }

        private Optional<FrozenFunction> frozen(ReadModule read, Plan plan, SharedModule module)
                throws UnloadableException, InterruptedException {
            Freezing freezing = new Freezing(request, plan, read, module.compiled(), log);
            var entrances = freezing.entrances(findings);
            Snapshot snapshot = freezing.freeze(findings);
            if (findings.refused()) {
                return Optional.empty();
            }
            ModuleReport last = report(read, plan, module.interpreted(), snapshot.imagePages());
            int entrypoint = read.exports().index(plan.entrypoint());
            FrozenKey none = FrozenKey.none(read.digest());
            var unnamed = new FrozenFunction(snapshot, entrypoint, entrances, last, none);
            return Optional.of(freezer.keep(unnamed, request, freezing.runsGuestCode()));
        }

        private Plan checked(ReadModule read) {
            ModuleRules.check(read, memoryPages(), objects, findings);
            Plan plan = Plan.of(read.exports(), request.spec().entrypoint(), findings);
            report = Optional.of(report(read, plan, List.of(), 0));
            Freezing.check(request, plan, findings);
            return plan;
        }

        private int memoryPages() {
            return request.spec().limits().memoryPages();
        }

        private ModuleReport report(
                ReadModule read,
                Plan plan,
                List<ModuleReport.Interpreted> interpreted,
                int imagePages) {
            return Reports.of(read, plan, memoryPages(), imagePages, interpreted);
        }
    }
}
