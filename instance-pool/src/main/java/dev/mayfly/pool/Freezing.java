package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One load from compiled classes to the frozen snapshot: initialises, warms up, freezes. */
final class Freezing {
    private final LoadRequest request;
    private final Plan plan;

    /** Of which instances are made from nothing. */
    private final CompiledModule module;

    /** Of which copies of the snapshot are made. */
    private final CompiledModule bare;

    private final ModuleExports exports;
    private final Consumer<String> log;
    private final SandboxLimits limits;
    private final LoadSteps steps;
    private final GuestCalls calls;

    Freezing(LoadRequest request, Plan plan, ReadModule read, CompiledModule bare, LogSink log) {
        this.request = request;
        this.plan = plan;
        this.module = bare.whole(read.module());
        this.bare = bare;
        this.exports = read.exports();
        this.log = line -> log.line(request.id(), LogLines.escape(line));
        this.limits = limits(request);
        this.steps = new LoadSteps(request.id());
        FunctionSpec.Limits given = request.spec().limits();
        this.calls = new GuestCalls(request.id(), given.timeout(), given.stackBytes());
    }

    /** What of the request does not fit the module; no guest is needed to tell. */
    static void check(LoadRequest request, Plan plan, Findings findings) {
        if (plan.form() == ModuleForm.COMMAND && !request.warmups().get().isEmpty()) {
            findings.problem(
                    "snapshot.warmup: the module is a command, which runs only once (expected: a"
                            + " reactor); build it with -mexec-model=reactor and export handle, or"
                            + " drop the warm-up");
        }
        for (FunctionSpec.Mount mount : request.spec().mounts()) {
            Path source = request.folder().resolve(mount.source());
            if (!Files.isDirectory(source)) {
                findings.problem("files: " + source + " is no folder; make it, or drop the entry");
            }
        }
    }

    private static SandboxLimits limits(LoadRequest request) {
        FunctionSpec.Limits limits = request.spec().limits();
        List<ReadOnlyMount> mounts = new ArrayList<>();
        for (FunctionSpec.Mount mount : request.spec().mounts()) {
            Path source = request.folder().resolve(mount.source());
            mounts.add(new ReadOnlyMount(source, mount.destination()));
        }
        return new SandboxLimits(
                limits.memoryPages(), limits.responseBodyBytes(), limits.logBytes(), mounts);
    }

    /** Whether guest code runs before the freeze, and so may see what the request gives it. */
    boolean runsGuestCode() {
        return plan.form() != ModuleForm.COMMAND
                || !plan.initialisers().isEmpty()
                || plan.routes()
                || startsBeforeTheFreeze();
    }

    /** Runs the plan up to the freeze and checks what was frozen. */
    Snapshot freeze(Findings findings) throws UnloadableException, InterruptedException {
        Sandbox sandbox = initialised();
        for (Rehearsal warmup : request.warmups().get()) {
            warmUp(sandbox, warmup);
        }
        if (sandbox.spoilt()) {
            throw new UnloadableException(
                    "the module's state after its initialiser cannot be frozen: it uses exceptions"
                            + " or garbage-collected objects, or called exit while interpreted;"
                            + " build it as a command");
        }
        Observations seen = sandbox.observations();
        Snapshot snapshot = steps.run(sandbox::freeze).on(bare);
        FreezeLint.check(seen, request.spec().snapshot().allowEntropy(), snapshot, findings);
        int entrypoint = exports.index(plan.entrypoint());
        new FrozenProbe(snapshot, entrypoint, steps, calls, request.probe()).check(seen, findings);
        return snapshot;
    }

    /** An instance of its own after its initialisers: for the freeze, and for {@code _routes}. */
    private Sandbox initialised() throws UnloadableException, InterruptedException {
        Sandbox sandbox = steps.run(() -> Sandbox.instantiate(module, limits));
        if (startsBeforeTheFreeze()) {
            initialise(sandbox, "the start function", module.startFunction().getAsInt(), log);
        }
        for (String initialiser : plan.initialisers()) {
            initialise(sandbox, initialiser, exports.index(initialiser), log);
        }
        return sandbox;
    }

    private boolean startsBeforeTheFreeze() {
        return module.startFunction().isPresent() && !module.startsInEachRun();
    }

    private void initialise(Sandbox sandbox, String name, int function, Consumer<String> lines)
            throws UnloadableException, InterruptedException {
        LoadCall call = new LoadCall(request.spec().environment(), lines, log);
        Outcome outcome = calls.call(sandbox, function, call);
        call.end();
        if (!outcome.equals(new Outcome.Exited(0))) {
            throw new UnloadableException(name + " " + GuestCalls.told(outcome));
        }
    }

    private void warmUp(Sandbox sandbox, Rehearsal warmup)
            throws UnloadableException, InterruptedException {
        Outcome outcome = calls.call(sandbox, exports.index(plan.entrypoint()), warmup);
        warmup.finished(outcome, Evidence.NONE);
        String what = "snapshot.warmup: " + warmup.description() + " ";
        if (warmup.complaint().isPresent()) {
            throw new UnloadableException(what + "failed: " + warmup.complaint().get());
        }
        if (!(outcome instanceof Outcome.Exited)) {
            throw new UnloadableException(what + GuestCalls.told(outcome));
        }
    }

    /** Asks {@code _routes}, on an instance that nothing else will ever see. */
    List<FrozenFunction.Entrance> entrances(Findings findings)
            throws UnloadableException, InterruptedException {
        if (!plan.routes()) {
            return List.of();
        }
        RouteLines routes = new RouteLines(exports);
        initialise(initialised(), Plan.ROUTES, exports.index(Plan.ROUTES), routes::line);
        return routes.entrances(findings);
    }
}
