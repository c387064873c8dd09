package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted of a function is what its runs were told, run for run. */
@Timeout(120)
class EvidenceTest {
    private static final int RUNS = 20_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void theCountsOfAFunctionAreTheSumOfItsRuns() throws Exception {
        Duration limit = Duration.ofMillis(4);
        FunctionPool function =
                spinners.open(Spinners.limits(limit, Duration.ofSeconds(20), 4, RUNS));
        int most = spinners.rounds(Duration.ofNanos(20_000));
        int endless = spinners.rounds(Duration.ofSeconds(5));
        var flight = new Flight(32);
        for (int i = 0; i < RUNS; i++) {
            boolean overruns = random.nextInt(1_000) == 0;
            int rounds = overruns ? endless : random.nextInt(most);
            Run run = spinners.send(function, flight.next(function, rounds));
            if (random.nextInt(100) == 0) {
                run.cancel();
            }
        }
        List<Flight.Sent> sent = flight.landed();
        spinners.close();
        assertThat(told(function.stats())).as("seed %d", seed).isEqualTo(expected(sent));
    }

    private static Map<String, Object> told(PoolStats stats) {
        PoolStats.Spread spread = stats.spread();
        return Map.of(
                "ended", stats.ended(),
                "abandoned", stats.turnover().abandoned(),
                "resets", stats.resets(),
                "queued", spread.queuedNanos(),
                "guest", spread.guestNanos(),
                "dirty", spread.dirtyPages(),
                "calls", spread.hostCalls());
    }

    private static Map<String, Object> expected(List<Flight.Sent> sent) {
        Map<RunEnd, Long> ended = new EnumMap<>(RunEnd.class);
        for (RunEnd end : RunEnd.values()) {
            ended.put(end, 0L);
        }
        long abandoned = 0;
        long[] cells = new long[Cells.ALL];
        for (Flight.Sent each : sent) {
            Evidence used = each.errand().await().evidence();
            if (used.equals(Evidence.NONE)) {
                abandoned++;
                continue;
            }
            ended.merge(RunEnd.of(each.errand().outcome()), 1L, Long::sum);
            Cells.measure(Measure.QUEUED_NANOS, used.queuedNanos(), cells);
            Cells.measure(Measure.GUEST_NANOS, used.guestNanos(), cells);
            Cells.measure(Measure.DIRTY_PAGES, used.dirtyPages(), cells);
            Cells.measure(Measure.HOST_CALLS, used.hostCalls(), cells);
        }
        PoolStats.Spread spread = Cells.stats(Tier.HOT, Presence.NONE, cells).spread();
        return Map.of(
                "ended", ended,
                "abandoned", abandoned,
                "resets", ended.get(RunEnd.SUCCEEDED),
                "queued", spread.queuedNanos(),
                "guest", spread.guestNanos(),
                "dirty", spread.dirtyPages(),
                "calls", spread.hostCalls());
    }

    @Test
    void theTotalOfARuntimeHoldsFunctionsThatAreGone() {
        for (int i = 0; i < 5; i++) {
            FunctionPool function = spinners.open(Spinners.LIMITS);
            Errand errand = Errand.rounds(1);
            spinners.send(function, errand);
            errand.await();
            assertThat(spinners.runtime().stats().awake())
                    .extracting(RuntimeStats.Awake::function)
                    .containsExactly(function);
            function.close();
        }
        RuntimeStats stats = spinners.runtime().stats();
        assertThat(stats.awake()).isEmpty();
        assertThat(stats.total().runs()).isEqualTo(5);
        assertThat(stats.total().spread().guestNanos().count()).isEqualTo(5);
        assertThat(stats.functions()).containsEntry(Tier.HOT, 0).containsEntry(Tier.WARM, 0);
    }

    @Test
    void aThreadThatRunsAGuestIsBusyAndStoodInForWhenThatTakesLong() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        Errand errand = Errand.rounds(Integer.MAX_VALUE);
        Run run = spinners.send(function, errand);
        Awaitility.await().until(() -> spinners.runtime().stats().threads().blocked() == 1);
        RuntimeStats.Threads threads = spinners.runtime().stats().threads();
        assertThat(threads.busy()).isZero();
        assertThat(threads.idle()).isEqualTo(Spinners.THREADS - 1);
        run.cancel();
        errand.await();
        assertThat(function.stats().ended()).containsEntry(RunEnd.CANCELLED, 1L);
    }
}
