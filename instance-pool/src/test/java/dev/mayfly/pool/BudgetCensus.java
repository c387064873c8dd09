package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Makes functions run, grow, break and move at random, and counts what they hold by itself. */
final class BudgetCensus implements AutoCloseable {
    private static final int FUNCTIONS = 6;
    private static final int IMAGES = 3;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Random random;
    private final Spinners spinners;
    private final List<FrozenFunction> images =
            Stream.generate(Spinners::freeze).limit(IMAGES).toList();
    private final List<Resident> residents = new ArrayList<>();
    private final Map<Move, Integer> made = new EnumMap<>(Move.class);

    /** What may happen to a function. */
    enum Move {
        RUN,
        GROW,
        TRAP,
        COOL,
        EVICT,
        REPLACE
    }

    private record Resident(FunctionPool pool, FrozenFunction frozen) {}

    /** With room for some of the functions' sandboxes only, so that they drive each other out. */
    BudgetCensus(long seed, BudgetFault fault) {
        random = new Random(seed);
        long room = FUNCTIONS * Spinners.budgetFor(1);
        spinners = new Spinners(Spinners.THREADS, 0, room, GuestThread::new, fault::make);
        for (int i = 0; i < FUNCTIONS; i++) {
            residents.add(resident());
        }
    }

    int made(Move move) {
        return made.getOrDefault(move, 0);
    }

    /** Makes so many moves, until the first after which budget and census differ. */
    Optional<String> run(int moves) {
        for (int i = 0; i < moves; i++) {
            Move move = Move.values()[random.nextInt(Move.values().length)];
            made.merge(move, 1, Integer::sum);
            make(move, random.nextInt(FUNCTIONS));
            if (used() != there()) {
                return Optional.of(
                        "after move %d, %s: used %d, there %d".formatted(i, move, used(), there()));
            }
        }
        residents.forEach(each -> each.pool.close());
        return used() == 0 ? Optional.empty() : Optional.of("closed: used " + used());
    }

    private long used() {
        return spinners.runtime().budget().used();
    }

    /** The sandboxes of every function, every image once, and the classes they all share. */
    private long there() {
        Set<FrozenFunction> awake = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = 0;
        for (Resident each : residents) {
            PoolStats stats = each.pool.stats();
            if (stats.tier() != Tier.COLD) {
                bytes += stats.memoryBytes() - shared(each.frozen) - classes(each.frozen);
                awake.add(each.frozen);
            }
        }
        bytes += awake.stream().mapToLong(BudgetCensus::shared).sum();
        return awake.isEmpty() ? bytes : bytes + classes(images.getFirst());
    }

    private static long shared(FrozenFunction frozen) {
        return frozen.snapshot().bytes();
    }

    private static long classes(FrozenFunction frozen) {
        return Commons.classBytes(frozen.snapshot());
    }

    private void make(Move move, int index) {
        FunctionPool to = residents.get(index).pool;
        switch (move) {
            case RUN -> send(to, "dive", 1 + random.nextInt(3));
            case GROW -> send(to, "grow", 1);
            case TRAP -> send(to, "trap", 1);
            case COOL -> spinners.runtime().keeper().look(random.nextBoolean() ? soon() : late());
            case EVICT -> to.residence().evict();
            case REPLACE -> {
                to.close();
                residents.set(index, resident());
            }
        }
    }

    private static long soon() {
        return System.nanoTime() + IDLE.toNanos();
    }

    private static long late() {
        return System.nanoTime() + 2 * IDLE.toNanos();
    }

    /** Some runs at once; any of them may be refused for want of memory. */
    private void send(FunctionPool to, String entrypoint, int count) {
        List<Errand> errands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            errands.add(Errand.rounds(1 + random.nextInt(Spinners.MOST_PAGES / 2)));
            to.submit(errands.getLast(), entrypoint);
        }
        spinners.runtime().wake();
        errands.forEach(Errand::await);
        // A turn is given up after its last run has ended; a cold function's lie with nobody.
        while (to.residence().tier() != Tier.COLD && !to.residence().traffic().turns().allHome()) {
            Thread.onSpinWait();
        }
    }

    private Resident resident() {
        FrozenFunction frozen = images.get(random.nextInt(IMAGES));
        var spec = Specs.of(Spinners.LIMITS, new FunctionSpec.Pool(IDLE, 0));
        Waking waking = () -> new Loading.Ready(frozen, List.of());
        return new Resident(spinners.tryOpen(frozen, spec, waking).orElseThrow(), frozen);
    }

    @Override
    public void close() {
        spinners.close();
    }
}
