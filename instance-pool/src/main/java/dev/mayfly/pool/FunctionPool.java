package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loaded function.
 *
 * <p>It stays open until it is closed <em>and</em> every {@link #retain()} was undone. One number
 * holds both: the count, and from {@link #close()} on the sign bit. Whoever brings it to "closed
 * and nobody" frees the function.
 */
final class FunctionPool implements GuestFunction {
    private static final long CLOSED = Long.MIN_VALUE;

    private static final VarHandle USERS;
    private static final VarHandle TRAFFIC;

    static {
        try {
            var lookup = MethodHandles.lookup();
            USERS = lookup.findVarHandle(FunctionPool.class, "users", long.class);
            TRAFFIC = lookup.findVarHandle(FunctionPool.class, "traffic", Traffic.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FunctionId id;
    private final FrozenFunction frozen;
    private final Terms terms;
    private final Crew crew;
    private final MemoryBudget budget;
    private final Consumer<FunctionPool> onFreed;
    private final Tallies tallies = new Tallies();

    /** Retained requests, and {@link #CLOSED}; through {@link #USERS} only. */
    @SuppressWarnings("UnusedVariable")
    private volatile long users;

    /** Made by the first run: a function that is never called costs no queue and no counters. */
    private volatile @Nullable Traffic traffic;

    private volatile boolean freed;

    /** Tells {@code onFreed}, at least once, when the function is closed and nobody uses it. */
    FunctionPool(
            FunctionId id,
            FrozenFunction frozen,
            Terms terms,
            Crew crew,
            MemoryBudget budget,
            Consumer<FunctionPool> onFreed) {
        this.id = id;
        this.frozen = frozen;
        this.terms = terms;
        this.crew = crew;
        this.budget = budget;
        this.onFreed = onFreed;
    }

    @Override
    public FunctionId id() {
        return id;
    }

    @Override
    public List<SubRoute> subRoutes() {
        return frozen.entrances().stream().map(FrozenFunction.Entrance::route).toList();
    }

    @Override
    public ModuleReport report() {
        return frozen.report();
    }

    @Override
    public boolean retain() {
        if ((long) USERS.getAndAdd(this, 1L) >= 0) {
            return true;
        }
        release();
        return false;
    }

    @Override
    public void release() {
        if ((long) USERS.getAndAdd(this, -1L) == CLOSED + 1) {
            free();
        }
    }

    @Override
    public void close() {
        long before = (long) USERS.getAndBitwiseOr(this, CLOSED);
        if (before == 0) {
            free();
        }
    }

    Terms terms() {
        return terms;
    }

    /** Bytes that the function keeps while it is idle. */
    long imageBytes() {
        return frozen.snapshot().bytes();
    }

    /** Closes without waiting for retained requests: the runtime ends. */
    void shut() {
        USERS.getAndBitwiseOr(this, CLOSED);
        free();
    }

    @Override
    public Outcome.@Nullable Refused turnedAway() {
        Traffic there = traffic;
        return there != null ? there.turnedAway() : null;
    }

    @Override
    public Run submit(Invocation invocation) {
        return submit(invocation, frozen.entrypoint());
    }

    @Override
    public Run submit(Invocation invocation, String entrypoint) {
        for (FrozenFunction.Entrance entrance : frozen.entrances()) {
            if (entrance.route().entrypoint().equals(entrypoint)) {
                return submit(invocation, entrance.function());
            }
        }
        throw new IllegalArgumentException(
                "entrypoint: " + entrypoint + " (expected: one of " + subRoutes() + ")");
    }

    private Run submit(Invocation invocation, int function) {
        Traffic to = traffic();
        GuestRun run = new GuestRun(to, invocation, function, System.nanoTime());
        to.submit(run);
        return run;
    }

    private Traffic traffic() {
        Traffic there = traffic;
        return there != null ? there : open();
    }

    private Traffic open() {
        var sandboxes = new Sandboxes(id, frozen.snapshot(), terms.concurrency(), budget, tallies);
        var made = new Traffic(id, crew, terms, sandboxes, tallies);
        var before = (Traffic) TRAFFIC.compareAndExchange(this, null, made);
        Traffic there = before != null ? before : made;
        if (freed) {
            there.close();
        }
        return there;
    }

    private void free() {
        freed = true;
        Traffic there = traffic;
        if (there != null) {
            there.close();
        }
        onFreed.accept(this);
    }

    private static Tier tier(Presence now) {
        return now.idle() + now.running() > 0 ? Tier.HOT : Tier.WARM;
    }

    @Override
    public PoolStats stats() {
        Traffic there = traffic;
        Presence now = there != null ? there.presence() : Presence.NONE;
        return Cells.stats(tier(now), now.plus(imageBytes()), tallies.read());
    }
}
