package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that is counted is lost, whoever folds or reads meanwhile. */
class TalliesTest {
    private static final Evidence USED = new Evidence(100, 0, 2_000, 3, 1, 18, 7);
    private static final int WRITERS = 3;
    private static final int ROUNDS = 20_000;

    private final long seed = System.nanoTime();
    private final Spinners spinners = new Spinners();
    private final Census census = new Census();
    private final Tallies tallies = new Tallies(spinners.open(Spinners.LIMITS).residence(), census);

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void whatARunUsedIsCountedOnce() {
        tallies.take().ran(RunEnd.TRAPPED, false, USED);
        PoolStats stats = stats();
        assertThat(stats.ended()).containsEntry(RunEnd.TRAPPED, 1L);
        assertThat(stats.runs()).isEqualTo(1);
        assertThat(stats.discards()).isEqualTo(1);
        assertThat(stats.resets()).isZero();
        assertThat(stats.spread().queuedNanos().sum()).isEqualTo(100);
        assertThat(stats.spread().guestNanos().sum()).isEqualTo(2_000);
        assertThat(stats.spread().dirtyPages().sum()).isEqualTo(3);
        assertThat(stats.spread().grownPages().sum()).isEqualTo(1);
        assertThat(stats.spread().hostCalls().sum()).isEqualTo(7);
    }

    @Test
    void refusalsWakeUpsAndEvictionsAreCountedApart() {
        tallies.refused(Outcome.Refused.Cause.QUEUE_FULL);
        tallies.refused(Outcome.Refused.Cause.QUEUE_FULL);
        tallies.refused(Outcome.Refused.Cause.NO_MEMORY);
        tallies.abandoned();
        tallies.evicted();
        tallies.wokeUp(5_000_000);
        PoolStats stats = stats();
        assertThat(stats.refused())
                .containsEntry(Outcome.Refused.Cause.QUEUE_FULL, 2L)
                .containsEntry(Outcome.Refused.Cause.NO_MEMORY, 1L)
                .containsEntry(Outcome.Refused.Cause.CLOSED, 0L);
        assertThat(stats.refusals()).isEqualTo(3);
        assertThat(stats.turnover()).isEqualTo(new PoolStats.Turnover(0, 0, 1, 1, 1));
        assertThat(stats.spread().wakeNanos().sum()).isEqualTo(5_000_000);
    }

    @Test
    void foldingChangesNothingThatCanBeSeen() {
        Tally kept = tallies.take();
        kept.ran(RunEnd.SUCCEEDED, true, USED);
        Tally returned = tallies.take();
        returned.ran(RunEnd.DEADLINE, false, USED);
        tallies.giveBack(returned);
        tallies.wokeUp(1);
        PoolStats before = stats();
        assertThat(total()).isEqualTo(before);
        tallies.fold();
        tallies.fold();
        assertThat(stats()).isEqualTo(before);
        assertThat(total()).isEqualTo(before);
        kept.ran(RunEnd.SUCCEEDED, true, USED);
        assertThat(stats().runs()).isEqualTo(3);
    }

    @Test
    void onlyWhatDidSomethingSinceItLastFoldedIsAwake() {
        assertThat(census.awake()).isEmpty();
        Tally tally = tallies.take();
        assertThat(census.awake()).containsExactly(tallies.owner());
        tallies.fold();
        assertThat(census.awake()).as("it has a sandbox").hasSize(1);
        tallies.giveBack(tally);
        tallies.fold();
        assertThat(census.awake()).isEmpty();
        tallies.refused(Outcome.Refused.Cause.NO_MEMORY);
        assertThat(census.awake()).hasSize(1);
    }

    @Test
    void whatEndsAfterTheFunctionClosedIsCountedAndForgotten() {
        Tally tally = tallies.take();
        tallies.close();
        tally.ran(RunEnd.CANCELLED, false, USED);
        tallies.giveBack(tally);
        tallies.refused(Outcome.Refused.Cause.CLOSED);
        assertThat(census.awake()).isEmpty();
        assertThat(total().runs()).isEqualTo(1);
        assertThat(total().refusals()).isEqualTo(1);
    }

    @Test
    void theNextSandboxGoesOnWithATallyThatWasGivenBack() {
        Tally first = tallies.take();
        assertThat(tallies.take()).isNotSameAs(first);
        tallies.giveBack(first);
        assertThat(tallies.take()).isSameAs(first);
    }

    @Test
    void noCountIsLostWhileOthersFoldAndReadAndNoCountEverFalls() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Integer> falls = threads.submit(() -> countFalls(done));
            for (Future<?> writer : threads.invokeAll(writers())) {
                writer.get();
            }
            done.set(true);
            assertThat(falls.get()).as("seed %d: times a count fell", seed).isZero();
        }
        assertThat(total()).as("seed %d", seed).isEqualTo(stats());
        assertThat(stats().runs()).as("seed %d", seed).isEqualTo((long) WRITERS * ROUNDS);
        assertThat(stats().refusals()).isEqualTo((long) WRITERS * ROUNDS);
        assertThat(stats().spread().hostCalls().sum()).isEqualTo(7L * WRITERS * ROUNDS);
    }

    private List<Callable<Boolean>> writers() {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(() -> write(random));
        }
        return writers;
    }

    private boolean write(Random random) {
        for (int left = ROUNDS; left > 0; ) {
            Tally tally = tallies.take();
            int runs = Math.min(left, 1 + random.nextInt(50));
            for (int run = 0; run < runs; run++) {
                tally.ran(RunEnd.SUCCEEDED, true, USED);
                tallies.refused(Outcome.Refused.Cause.QUEUE_TIMEOUT);
            }
            tallies.giveBack(tally);
            left -= runs;
        }
        return true;
    }

    private int countFalls(AtomicBoolean done) {
        int falls = 0;
        long before = 0;
        while (!done.get()) {
            long now = total().runs();
            falls += now < before ? 1 : 0;
            before = now;
            tallies.fold();
        }
        return falls;
    }

    private PoolStats total() {
        return Cells.stats(Tier.WARM, Presence.NONE, census.read());
    }

    private PoolStats stats() {
        return Cells.stats(Tier.WARM, Presence.NONE, tallies.read());
    }
}
