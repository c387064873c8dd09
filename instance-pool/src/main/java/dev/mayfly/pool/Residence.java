package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of one function is in memory, and how that changes.
 *
 * <pre>
 *            hot                      warm                          cold
 *     sandboxes, snapshot,     snapshot, classes           how to wake it, and its
 *     classes                                              queue and counters
 *            │                        │ ▲                            │ ▲
 *            │ idle timeout, pressure │ │ a run                      │ │ idle timeout, pressure
 *            └───────────────────────►┘ └ ─ ─ ─ (makes a sandbox)    │ │
 *                                       └────────────────────────────┘ │
 *                                       ▲     a wake-up, for a run     │
 *                                       └──────────────────────────────┘
 * </pre>
 *
 * <p>Moves down are made with all turns of the function taken (see {@link Turns}): a function in
 * use has turns out or runs admitted, so it is never moved. A cold function's turns belong to
 * nobody until a run comes; whoever submits that run sends the function to the wakers, and all who
 * come after it find it on its way. What the function holds of the memory budget is released by
 * whoever takes {@link #home} out: a move down, or the end of the function.
 */
final class Residence implements Rousing {
    private static final Logger LOG = LoggerFactory.getLogger(Residence.class);

    private final FunctionId id;
    private final Keep keep;
    private final Waking waking;
    private final Household household;
    private final Sandboxes sandboxes;
    private final Traffic traffic;
    private final Tallies tallies;

    /** What it lives in; null while it is cold. */
    private final AtomicReference<@Nullable FrozenFunction> home = new AtomicReference<>();

    private volatile boolean closed;

    /** Null since a wake-up succeeded; written by who has all turns. */
    private volatile @Nullable Setback setback;

    /** Not asked before whether the disk keeps the function; by whoever looks. */
    private volatile long askAgain = System.nanoTime();

    /**
     * How long a function keeps what it has.
     *
     * @param idleNanos without a run before it moves down, for each tier
     * @param minReady sandboxes it keeps all the same
     */
    record Keep(long idleNanos, int minReady) {
        /** As app.toml wants it; more sandboxes than run at once would never be used. */
        static Keep of(FunctionSpec.Pool pool, int concurrency) {
            return new Keep(pool.idleTimeout().toNanos(), Math.min(pool.minReady(), concurrency));
        }
    }

    /**
     * What functions share.
     *
     * @param budget memory
     * @param commons what of it is used together
     * @param keeper moves them down
     * @param wakers move them up
     * @param census counts them
     */
    record Household(
            MemoryBudget budget, Commons commons, Keeper keeper, Wakers wakers, Census census) {}

    Residence(
            FunctionId id, Crew crew, Terms terms, Keep keep, Waking waking, Household household) {
        this.id = id;
        this.keep = keep;
        this.waking = waking;
        this.household = household;
        tallies = new Tallies(this, household.census());
        sandboxes = new Sandboxes(id, terms.concurrency(), household.budget(), tallies);
        traffic = new Traffic(id, crew, terms, sandboxes, tallies, this);
    }

    FunctionId id() {
        return id;
    }

    Traffic traffic() {
        return traffic;
    }

    Tier tier() {
        if (home.get() == null) {
            return Tier.COLD;
        }
        return sandboxes.any() ? Tier.HOT : Tier.WARM;
    }

    PoolStats stats() {
        return Cells.stats(tier(), presence(), tallies.read());
    }

    Presence presence() {
        FrozenFunction lives = home.get();
        long shared = lives == null ? 0 : Commons.bytes(lives.snapshot());
        return traffic.presence().plus(shared);
    }

    /** Before anyone else knows it: warm, its ready sandboxes made; false when memory is short. */
    boolean moveIn(FrozenFunction function) {
        if (!settle(function)) {
            return false;
        }
        if (!sandboxes.prepare(keep.minReady())) {
            close();
            return false;
        }
        return true;
    }

    private boolean settle(FrozenFunction function) {
        if (!household.commons().hold(function.snapshot())) {
            return false;
        }
        sandboxes.furnish(function.snapshot());
        traffic.turns().used(System.nanoTime());
        home.set(function);
        household.keeper().add(this);
        if (closed) {
            leave();
        }
        return true;
    }

    private void leave() {
        FrozenFunction left = home.getAndSet(null);
        if (left != null) {
            household.keeper().remove(this);
            household.commons().drop(left.snapshot());
        }
    }

    /** Refuses what waits and what comes; frees all, leased sandboxes when they come back. */
    void close() {
        closed = true;
        traffic.close();
        leave();
        tallies.close();
    }

    // ---- down

    /** One look: a tier down for each idle timeout without a run. On the keeper's thread. */
    void look(long nanoTime) {
        long idle = nanoTime - traffic.turns().usedNanos();
        if (idle >= 2 * keep.idleNanos() && keep.minReady() == 0) {
            coolDown(nanoTime);
        } else if (idle >= keep.idleNanos()) {
            goWarm();
        } else if (sandboxes.live() < keep.minReady()) {
            prepare();
        }
    }

    /**
     * Goes cold if it can come back quickly; else it goes warm and asks again later: its disk may
     * be full, or not be written to.
     */
    private void coolDown(long nanoTime) {
        FrozenFunction lives = home.get();
        if (lives == null || nanoTime - askAgain < 0) {
            return;
        }
        if (waking.keeps(lives)) {
            goCold();
        } else {
            askAgain = nanoTime + keep.idleNanos();
            goWarm();
        }
    }

    /** Gives up what may be had of an idle function; whether that was anything. */
    boolean evict() {
        boolean moved = keep.minReady() > 0 ? goWarm() : goCold();
        if (moved) {
            tallies.evicted();
        }
        return moved;
    }

    private boolean goWarm() {
        if (sandboxes.live() <= keep.minReady() || !traffic.takeAllTurns()) {
            return false;
        }
        boolean moved = sandboxes.trim(keep.minReady());
        traffic.giveAllTurnsBack();
        return moved;
    }

    private void prepare() {
        if (traffic.takeAllTurns()) {
            sandboxes.prepare(keep.minReady());
            traffic.giveAllTurnsBack();
        }
    }

    private boolean goCold() {
        if (!traffic.takeAllTurns()) {
            return false;
        }
        if (!sandboxes.clear()) {
            traffic.giveAllTurnsBack();
            return false;
        }
        leave();
        tallies.fold();
        traffic.fallAsleep();
        return true;
    }

    // ---- up

    @Override
    public void roused() {
        Setback last = setback;
        if (last != null && last.lasts(System.nanoTime())) {
            traffic.fallAsleep(last.cause());
        } else {
            household.keeper().expects(this);
            household.wakers().send(this);
        }
    }

    @Override
    public @Nullable Setback setback() {
        return setback;
    }

    /** The one wake-up for all who wait; with all turns, on a waker's thread. */
    // Whatever goes wrong, somebody waits for it, and the next run may try again.
    @SuppressWarnings("IllegalCatch")
    void wakeUp() {
        long begun = System.nanoTime();
        try {
            switch (waking.wake()) {
                case Loading.Ready(FrozenFunction function, _) -> woken(function, begun);
                case Loading.Refused(List<String> problems) ->
                        failed(
                                Outcome.Refused.Cause.UNAVAILABLE,
                                String.join("; ", problems),
                                null);
            }
        } catch (Throwable t) {
            failed(Outcome.Refused.Cause.UNAVAILABLE, "it broke off", t);
        } finally {
            household.keeper().expectsNoMore(this);
        }
    }

    /** The runtime ends: nobody will wake it. */
    void stayAsleep() {
        household.keeper().expectsNoMore(this);
        traffic.fallAsleep(Outcome.Refused.Cause.CLOSED);
    }

    private void woken(FrozenFunction function, long begun) {
        if (!settle(function)) {
            failed(Outcome.Refused.Cause.NO_MEMORY, "memory.budget is exhausted", null);
            return;
        }
        if (setback != null) {
            LOG.info("{}: awake again", id);
        }
        setback = null;
        tallies.wokeUp(System.nanoTime() - begun);
        traffic.giveAllTurnsBack();
    }

    private void failed(Outcome.Refused.Cause cause, String why, @Nullable Throwable broken) {
        Setback before = setback;
        if (before == null && !closed) {
            LOG.error(
                    "{}: cannot be woken, requests are refused until it can: {}", id, why, broken);
        }
        setback = Setback.after(before, cause, System.nanoTime());
        traffic.fallAsleep(cause);
    }
}
