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

    static {
        try {
            USERS = MethodHandles.lookup().findVarHandle(FunctionPool.class, "users", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int entrypoint;
    private final List<FrozenFunction.Entrance> entrances;
    private final Residence residence;
    private final Traffic traffic;
    private final Consumer<FunctionPool> onFreed;

    /** Retained requests, and {@link #CLOSED}; through {@link #USERS} only. */
    @SuppressWarnings("UnusedVariable")
    private volatile long users;

    /**
     * Of {@code frozen} it keeps where to call, nothing else. Tells {@code onFreed}, at least once,
     * when the function is closed and nobody uses it.
     */
    FunctionPool(FrozenFunction frozen, Residence residence, Consumer<FunctionPool> onFreed) {
        this.entrypoint = frozen.entrypoint();
        this.entrances = frozen.entrances();
        this.residence = residence;
        this.traffic = residence.traffic();
        this.onFreed = onFreed;
    }

    @Override
    public FunctionId id() {
        return residence.id();
    }

    @Override
    public List<SubRoute> subRoutes() {
        return entrances.stream().map(FrozenFunction.Entrance::route).toList();
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

    Residence residence() {
        return residence;
    }

    Terms terms() {
        return traffic.terms();
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
        return submit(invocation, entrypoint);
    }

    @Override
    public Run submit(Invocation invocation, String name) {
        for (FrozenFunction.Entrance entrance : entrances) {
            if (entrance.route().entrypoint().equals(name)) {
                return submit(invocation, entrance.function());
            }
        }
        throw new IllegalArgumentException(
                "entrypoint: " + name + " (expected: one of " + subRoutes() + ")");
    }

    private Run submit(Invocation invocation, int function) {
        GuestRun run = new GuestRun(traffic, invocation, function, System.nanoTime());
        traffic.submit(run);
        return run;
    }

    private void free() {
        residence.close();
        onFreed.accept(this);
    }

    @Override
    public PoolStats stats() {
        return residence.stats();
    }
}
