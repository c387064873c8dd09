package dev.mayfly.pool;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Machine;
import org.jspecify.annotations.Nullable;

/**
 * One guest: an instance with its own memory, tables and WASI functions. Used by one thread at a
 * time; handing it to another needs a happens-before edge.
 *
 * <pre>
 *   instantiate ─► call (start, initialise, warm up) ─► freeze ─► Snapshot
 *                                                                    │ copyOf, as often as needed
 *   gone ◄── false ── reset ◄── call ◄───────────────────────────────┤
 *                       └──── true: equals its snapshot again ───────┘
 * </pre>
 *
 * <p>What a run can change is restored part by part: {@link FlatMemory}, {@link MutableGlobals},
 * {@link TrackedTable}, {@link Segments}, and what the host functions hold ({@link
 * WasiImports#end}). What cannot be restored makes the sandbox <em>spoilt</em>: frames cut off in
 * the interpreter, exception references, garbage-collected objects, and whatever a trap or an
 * interrupt left half done. A spoilt sandbox is never reset.
 */
final class Sandbox {
    /**
     * Memory a run may grow by and keep the sandbox. About there the reset of all of it begins to
     * cost more than a new copy, and beyond the processor's cache it does so many times over.
     */
    private static final int KEPT_GROWTH = 16 << 20;

    /** What an instance weighs besides its arrays: 22 KB for a Rust module of 81 KB. */
    private static final long INSTANCE_BYTES = 32 << 10;

    private static final long[] NO_ARGUMENTS = {};

    private final CompiledModule module;
    private final SandboxLimits limits;
    private final SandboxParts parts;
    private final Host host = new Host();
    private final WasiImports wasi;
    private final Machine machine;
    private final FlatMemory memory;
    private final TrackedTable[] tables;
    private final MutableGlobals globals;
    private final Segments segments;
    private final @Nullable Snapshot snapshot;
    private boolean started;
    private boolean spoilt;
    private int dirtyPages;
    private int memoryPages;

    private Sandbox(
            CompiledModule module,
            SandboxLimits limits,
            SandboxParts parts,
            @Nullable Snapshot snapshot) {
        this.module = module;
        this.limits = limits;
        this.parts = parts;
        this.snapshot = snapshot;
        wasi = new WasiImports(host, limits);
        var assembly = new Assembly(module.module(), limits, parts, snapshot);
        var instance = assembly.build(wasi.bind(module.module()), module.machineFactory());
        machine = instance.getMachine();
        memory = assembly.memory();
        tables = assembly.tables();
        globals = parts.globals(instance);
        segments = parts.segments(instance, memory.segments());
        host.attach(memory);
    }

    /**
     * A new instance, its segments in place. Runs no guest code: call the start function next, if
     * the module has one.
     *
     * @throws com.dylibso.chicory.wasm.ChicoryException when a segment does not fit, memory or a
     *     table is larger than it may be, or an import is unknown
     */
    static Sandbox instantiate(CompiledModule module, SandboxLimits limits) {
        return instantiate(module, limits, SandboxParts.STANDARD);
    }

    static Sandbox instantiate(CompiledModule module, SandboxLimits limits, SandboxParts parts) {
        var sandbox = new Sandbox(module, limits, parts, null);
        sandbox.wasi.rehearse();
        return sandbox;
    }

    /** A new instance that equals {@code snapshot}. Runs no guest code. */
    static Sandbox copyOf(Snapshot snapshot) {
        var copy = new Sandbox(snapshot.module(), snapshot.limits(), snapshot.parts(), snapshot);
        copy.globals.restore(snapshot.globals());
        copy.segments.restore(snapshot.segments());
        for (int i = 0; i < copy.tables.length; i++) {
            copy.tables[i].load(snapshot.tables()[i]);
        }
        return copy;
    }

    /**
     * Calls a function of no parameters on the current thread, after the start function if that is
     * part of the run. Never throws what a guest can cause.
     */
    Ending call(int function, Invocation invocation) {
        host.begin(invocation);
        Ending ending = run(function);
        wasi.end(invocation);
        host.end();
        return ending;
    }

    /** The guest boundary: whatever comes out of the guest ends here, as an ending. */
    private Ending run(int function) {
        try {
            if (module.startsInEachRun() && !started) {
                started = true;
                machine.call(module.startFunction().getAsInt(), NO_ARGUMENTS);
            }
            machine.call(function, NO_ARGUMENTS);
            spoilt |= module.keepsReferences();
            return Ending.Exited.SUCCESS;
        } catch (Leave leave) {
            spoilt |=
                    module.interpreted()
                            || module.keepsReferences()
                            || !(leave.ending() instanceof Ending.Exited);
            return leave.ending();
        } catch (ChicoryInterruptedException e) {
            spoilt = true;
            return Ending.Interrupted.INTERRUPTED;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | ArtifactLostError e) {
            spoilt = true;
            return new Ending.Trapped(TrapReason.of(e));
        }
    }

    /** Memory grows as {@code by} allows. */
    void allow(Allowance by) {
        memory.allow(by);
    }

    /** Whether something has happened that no reset can undo and no snapshot can hold. */
    boolean spoilt() {
        return spoilt;
    }

    /** Keeps the state of now. Every call so far must have ended in {@link Ending.Exited}. */
    Snapshot freeze() {
        if (spoilt) {
            throw new IllegalStateException("a spoilt sandbox cannot be frozen");
        }
        int[][] entries = new int[tables.length][];
        for (int i = 0; i < tables.length; i++) {
            entries[i] = tables[i].freeze();
        }
        FrozenState state =
                new FrozenState(memory.freeze(), globals.freeze(), entries, segments.freeze());
        return new Snapshot(module, limits, parts, state);
    }

    /**
     * Makes the sandbox equal its snapshot again, after each call. Only for copies of one.
     *
     * @return false when that cannot be promised: throw it away
     */
    boolean reset() {
        Snapshot home = home();
        if (spoilt || memory.capacity() - home.memory().size() > KEPT_GROWTH) {
            measure();
            return false;
        }
        memoryPages = memory.pages();
        dirtyPages = memory.restore(home.memory());
        globals.restore(home.globals());
        segments.restore(home.segments());
        int[][] entries = home.tables();
        for (int i = 0; i < entries.length; i++) {
            tables[i].restore(entries[i]);
        }
        return true;
    }

    /** Notes what the last call did to the memory, of a sandbox that is not reset. */
    void measure() {
        memoryPages = memory.pages();
        dirtyPages = memory.dirtyLines();
    }

    /** What the last call used; ask after the reset, or {@link #measure()}. */
    Evidence evidence(long queuedNanos, long wakeNanos, long guestNanos) {
        return new Evidence(
                queuedNanos,
                wakeNanos,
                guestNanos,
                dirtyPages,
                grownPages(),
                memoryPages,
                host.calls);
    }

    private Snapshot home() {
        if (snapshot == null) {
            throw new IllegalStateException("only a copy of a snapshot can be reset");
        }
        return snapshot;
    }

    /** 4 KiB pages the last call wrote to; ask after the reset, or {@link #measure()}. */
    int dirtyPages() {
        return dirtyPages;
    }

    /** 64 KiB pages the last call grew memory by; ask as above. */
    int grownPages() {
        return memoryPages - home().memoryPages();
    }

    /** Bytes on the heap at this moment, the shared snapshot excluded. */
    long bytes() {
        long bytes = INSTANCE_BYTES + memory.capacity();
        for (TrackedTable table : tables) {
            bytes += table.bytes();
        }
        return bytes;
    }

    /** What it asked the world since it was made. */
    Observations observations() {
        return host.observations();
    }
}
