package dev.mayfly.pool;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.Parser;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A runtime of functions whose running time the test chooses: spinner.wat. */
final class Spinners implements AutoCloseable {
    static final Limits LIMITS = limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 200);
    static final int THREADS = 4;
    static final int MOST_PAGES = 64;

    private static final CompiledModule COMPILED = compile();
    private static final FrozenFunction FROZEN = freeze();

    private final GuestRuntime runtime;
    private final List<GuestThread> threads = new CopyOnWriteArrayList<>();
    private int opened;

    Spinners() {
        this(THREADS, 1L << 30, GuestThread::new);
    }

    Spinners(int size, long budget, Crews.Recruiter recruiter) {
        this(size, 0, budget, recruiter, MemoryBudget::new);
    }

    Spinners(
            int size,
            int spares,
            long budget,
            Crews.Recruiter recruiter,
            MemoryBudget.Maker budgets) {
        var settings = new RuntimeSettings(size, spares, budget, Path.of("unused"), 1, true, true);
        runtime =
                GuestRuntime.start(
                        settings,
                        (function, line) -> {},
                        (crew, number, name, stack) -> {
                            GuestThread made = recruiter.recruit(crew, number, name, stack);
                            threads.add(made);
                            return made;
                        },
                        budgets);
    }

    static Limits limits(Duration timeout, Duration queueTimeout, int concurrency, int queue) {
        return limits(timeout, queueTimeout, concurrency, queue, Limits.DEFAULT.stackBytes());
    }

    static Limits limits(
            Duration timeout, Duration queueTimeout, int concurrency, int queue, long stack) {
        return limits(timeout, queueTimeout, timeout, concurrency, queue, stack);
    }

    /** Of runs that may compute for {@code cpu} and no longer. */
    static Limits limitsOfCpu(Duration timeout, Duration cpu) {
        return limits(timeout, timeout, cpu, 4, 200, Limits.DEFAULT.stackBytes());
    }

    private static Limits limits(
            Duration timeout,
            Duration queueTimeout,
            Duration cpu,
            int concurrency,
            int queue,
            long stack) {
        return new Limits(
                Limits.DEFAULT.memoryPages(),
                timeout,
                queueTimeout,
                cpu,
                Optional.of(concurrency),
                queue,
                stack,
                1024,
                1024,
                1024);
    }

    /** A budget for one function's image and so many of its sandboxes. */
    static long budgetFor(int sandboxes) {
        Snapshot snapshot = FROZEN.snapshot();
        return snapshot.bytes()
                + Commons.classBytes(snapshot)
                + sandboxes * Sandbox.copyOf(snapshot).bytes();
    }

    FunctionPool open(Limits limits) {
        return tryOpen(limits).orElseThrow();
    }

    Optional<FunctionPool> tryOpen(Limits limits) {
        return tryOpen(Specs.of(limits, FunctionSpec.Pool.DEFAULT), Spinners::woken);
    }

    /** Wakes up, each time, by {@code waking}. */
    Optional<FunctionPool> tryOpen(FunctionSpec spec, Waking waking) {
        return tryOpen(FROZEN, spec, waking);
    }

    /** Opens {@code frozen}, one of {@link #freeze()}. */
    Optional<FunctionPool> tryOpen(FrozenFunction frozen, FunctionSpec spec, Waking waking) {
        return runtime.open(new FunctionId("app", 0, "f" + opened++), frozen, spec, waking);
    }

    /** What a wake-up brings. */
    static Loading woken() {
        return new Loading.Ready(FROZEN, List.of());
    }

    GuestRuntime runtime() {
        return runtime;
    }

    /** Submits and wakes. */
    Run send(FunctionPool to, Errand errand) {
        Run run = to.submit(errand);
        runtime.wake();
        return run;
    }

    /** Guest threads of this runtime that are alive. */
    long livingThreads() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    /** Until no guest thread looks for work by itself any more. */
    void awaitSleep() {
        Awaitility.await()
                .until(() ->
                        threads.stream()
                                .allMatch(thread -> thread.getState() == Thread.State.WAITING));
    }

    /** How many rounds take {@code time}, measured now. */
    int rounds(Duration time) {
        FunctionPool function = open(LIMITS);
        int rounds = 2_000_000;
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            Errand errand = Errand.rounds(rounds);
            send(function, errand);
            best = Math.min(best, errand.await().evidence().guestNanos());
        }
        function.close();
        return (int) Math.max(1, (double) rounds * time.toNanos() / best);
    }

    /** What every function of these is a copy of. */
    static Snapshot snapshot() {
        return FROZEN.snapshot();
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static CompiledModule compile() {
        var wasm = Parser.parse(module());
        return new CompiledModule(
                wasm,
                OptionalInt.empty(),
                MachineFactoryCompiler.compile(wasm),
                "0".repeat(64),
                false,
                false,
                1000);
    }

    /** With an image of its own. */
    static FrozenFunction freeze() {
        var limits = new SandboxLimits(MOST_PAGES, 1024, 1024, List.of());
        return new FrozenFunction(
                Sandbox.instantiate(COMPILED, limits).freeze(),
                COMPILED.function("_start").orElseThrow(),
                List.of(entrance("dive"), entrance("trap"), entrance("grow")),
                new ModuleReport(
                        ModuleForm.COMMAND,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        "_start",
                        1,
                        1,
                        1,
                        List.of()),
                FrozenKey.none(COMPILED.digest()));
    }

    private static FrozenFunction.Entrance entrance(String export) {
        return new FrozenFunction.Entrance(
                new SubRoute("/" + export, export), COMPILED.function(export).orElseThrow());
    }

    private static byte[] module() {
        try (InputStream in = Spinners.class.getResourceAsStream("spinner.wasm")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
