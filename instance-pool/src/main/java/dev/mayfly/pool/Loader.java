package dev.mayfly.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a frozen function of a module's bytes, or says why it cannot.
 *
 * <pre>
 *   bytes ─► outline ─► parse ─► rules, plan ─► compile ─► instantiate ─► initialise ─► freeze
 *            counts     valid    all problems   or disk    no guest code  warm-ups      lint, probe
 * </pre>
 *
 * Everything behind the outline runs on threads of its own, each step for a limited time: the
 * bytes, and the guest they hold, may be hostile.
 */
final class Loader {
    private final ModuleLibrary library;
    private final LogSink log;

    Loader(Path cacheFolder, LogSink log) {
        this.library = new ModuleLibrary(new ClassCache(cacheFolder));
        this.log = log;
    }

    /** Loads; blocks from milliseconds to many seconds. */
    Loading load(LoadRequest request) {
        Findings findings = new Findings();
        try {
            return load(request, findings);
        } catch (UnloadableException e) {
            findings.problem(e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.problem("the load was interrupted; load it again");
        }
        return new Loading.Refused(findings.problems());
    }

    private Loading load(LoadRequest request, Findings findings)
            throws UnloadableException, InterruptedException {
        LoadSteps steps = new LoadSteps(request.id());
        ModuleOutline outline = ModuleReader.outline(request.module());
        ReadModule read = steps.run(() -> library.read(request.module(), outline));
        int memoryPages = request.spec().limits().memoryPages();
        ModuleRules.check(read, memoryPages, findings);
        Plan plan =
                Plan.of(new ModuleExports(read.module()), request.spec().entrypoint(), findings);
        Freezing.check(request, plan, findings);
        if (findings.refused()) {
            return new Loading.Refused(findings.problems());
        }
        SharedModule module = steps.run(() -> library.compiled(read));
        ModuleRules.interpreted(module.interpreted(), findings);
        Freezing freezing = new Freezing(request, plan, module.compiled(), log);
        List<FrozenFunction.Entrance> entrances = freezing.entrances(findings);
        Snapshot snapshot = freezing.freeze(findings);
        if (findings.refused()) {
            return new Loading.Refused(findings.problems());
        }
        ModuleReport report =
                Reports.of(read, plan, memoryPages, snapshot.imagePages(), module.interpreted());
        int entrypoint = new ModuleExports(read.module()).index(plan.entrypoint());
        return new Loading.Ready(
                new FrozenFunction(snapshot, entrypoint, new ArrayList<>(entrances), report),
                findings.warnings());
    }
}
