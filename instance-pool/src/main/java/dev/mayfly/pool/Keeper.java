package dev.mayfly.pool;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that moves functions down: those without a run for their idle timeout, and when memory
 * is short those that were used longest ago.
 *
 * <p>It looks at the functions that are awake, every {@link #LOOK_NANOS}; a cold one costs it
 * nothing, and when all are cold it sleeps. Whoever finds the budget exhausted asks it for room and
 * waits: one thread that evicts needs no lock, and a guest that asks from deep down in its stack
 * runs none of this code. It frees {@link #SLACK} of the budget beyond what was asked for, so that
 * the search, which reads and sorts all awake functions, is not done for every sandbox.
 */
final class Keeper extends Thread implements MemoryBudget.Relief {
    static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** While functions wake up: their waiting runs are refused when they have waited too long. */
    private static final long EXPIRY_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    /** An eviction takes microseconds; longer, and something is wrong that must not spread. */
    private static final long PATIENCE_SECONDS = 5;

    /** One part in so many of the budget. */
    private static final int SLACK = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Set<Residence> awake = ConcurrentHashMap.newKeySet();
    private final Set<Residence> waking = ConcurrentHashMap.newKeySet();
    private final Queue<Plea> pleas = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Somebody's wish for memory, and whether looking again makes sense. */
    private record Plea(MemoryBudget budget, long bytes, CompletableFuture<Boolean> answer) {}

    /** A function and for how long nobody used it, read once: it must not change while sorted. */
    private record Candidate(Residence residence, long idleNanos) {}

    Keeper() {
        super("mayfly-keeper");
        setDaemon(true);
    }

    /** From now on {@code woken} is looked at. */
    void add(Residence woken) {
        awake.add(woken);
        LockSupport.unpark(this);
    }

    void remove(Residence cold) {
        awake.remove(cold);
    }

    /** Runs wait for {@code cold} to wake up. */
    void expects(Residence cold) {
        waking.add(cold);
        LockSupport.unpark(this);
    }

    void expectsNoMore(Residence woken) {
        waking.remove(woken);
    }

    void close() {
        closed = true;
        LockSupport.unpark(this);
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!closed) {
            rest();
            answerPleas();
            long now = System.nanoTime();
            waking.forEach(each -> each.traffic().expire(now));
            if (now - last >= LOOK_NANOS) {
                last = now;
                look(now);
            }
        }
        answerPleas();
    }

    private void rest() {
        if (!pleas.isEmpty()) {
            return;
        }
        if (!waking.isEmpty()) {
            LockSupport.parkNanos(this, EXPIRY_NANOS);
        } else if (awake.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    /**
     * Functions that are awake or on their way: the others have no sandbox, and nobody waits for
     * them.
     */
    Set<Residence> stirring() {
        Set<Residence> stirring = new HashSet<>(awake);
        stirring.addAll(waking);
        return stirring;
    }

    /** The functions by tier, of {@code all} that there are. */
    Map<Tier, Integer> tiers(int all) {
        Map<Tier, Integer> tiers = new EnumMap<>(Tier.class);
        awake.forEach(each -> tiers.merge(each.tier(), 1, Integer::sum));
        int hot = tiers.getOrDefault(Tier.HOT, 0);
        int warm = tiers.getOrDefault(Tier.WARM, 0);
        return Map.of(Tier.HOT, hot, Tier.WARM, warm, Tier.COLD, Math.max(0, all - hot - warm));
    }

    /**
     * Moves down what has been idle for long enough at {@code nanoTime}. Each may ask the disk, so
     * those who wait for memory come in between.
     */
    void look(long nanoTime) {
        for (Residence each : awake) {
            each.look(nanoTime);
            answerPleas();
        }
    }

    /** Waits until room was made, if there is any to make. */
    @Override
    public boolean relieve(MemoryBudget budget, long bytes) {
        if (Thread.currentThread() == this) {
            return evict(budget, bytes);
        }
        var plea = new Plea(budget, bytes, new CompletableFuture<>());
        pleas.add(plea);
        LockSupport.unpark(this);
        return !closed && answer(plea);
    }

    private static boolean answer(Plea plea) {
        try {
            return plea.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("no answer to a plea for {} bytes", plea.bytes(), e);
            return false;
        }
    }

    private void answerPleas() {
        for (@Nullable Plea plea = pleas.poll(); plea != null; plea = pleas.poll()) {
            plea.answer().complete(!closed && evict(plea.budget(), plea.bytes()));
        }
    }

    /** Whether {@code bytes} are there now. */
    private boolean evict(MemoryBudget budget, long bytes) {
        if (budget.left() >= bytes) {
            return true;
        }
        long wanted = bytes + budget.bytes() / SLACK;
        for (Candidate next : leastRecentlyUsed()) {
            if (budget.left() >= wanted) {
                break;
            }
            next.residence().evict();
        }
        return budget.left() >= bytes;
    }

    private List<Candidate> leastRecentlyUsed() {
        long now = System.nanoTime();
        return awake.stream()
                .map(each -> new Candidate(each, now - each.traffic().turns().usedNanos()))
                .sorted(Comparator.comparingLong(Candidate::idleNanos).reversed())
                .toList();
    }
}
