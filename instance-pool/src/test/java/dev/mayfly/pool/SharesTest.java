package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many runs that compute a function may have at once. */
class SharesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int THREADS = 8;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Spinners spinners =
            new Spinners(THREADS, 16, 1L << 30, GuestThread::new, MemoryBudget::new);
    private final int fortyMillis = spinners.rounds(Duration.ofMillis(40));

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void aFunctionWhoseRunsComputeHasNoMoreOfThemAtOnceThanThereAreProcessors() {
        FunctionPool greedy = greedy();
        List<Run> flood = flood(greedy, 100);
        awaitSteady(greedy, Math.min(THREADS, PROCESSORS));
        flood.forEach(Run::cancel);
    }

    @Test
    void besideOthersAProcessorIsKeptFreeForThem() {
        FunctionPool greedy = greedy();
        FunctionPool modest = spinners.open(Spinners.LIMITS);
        List<Run> flood = flood(greedy, 150);
        try (var caller = new Caller(modest)) {
            awaitSteady(greedy, Math.clamp(PROCESSORS - 1, 1, THREADS));
            assertThat(caller.calls()).isPositive();
        }
        awaitSteady(greedy, Math.min(THREADS, PROCESSORS));
        flood.forEach(Run::cancel);
    }

    @Test
    void aFunctionOfBriefRunsHasItsWholeConcurrencyEvenForLongOnes() {
        FunctionPool brief = spinners.open(Spinners.limits(LONG, LONG, THREADS, 200));
        for (int i = 0; i < 100; i++) {
            Errand errand = Errand.rounds(1);
            spinners.send(brief, errand);
            errand.await();
        }
        Run endless = spinners.send(brief, Errand.rounds(Integer.MAX_VALUE));
        Errand behind = Errand.rounds(1);
        spinners.send(brief, behind);
        assertThat(behind.outcome()).isEqualTo(new Outcome.Exited(0));
        endless.cancel();
    }

    @Test
    void everyRunThatIsHeldBackRunsInTheEnd() {
        FunctionPool greedy = greedy();
        List<Errand> flood =
                IntStream.range(0, 40).mapToObj(i -> Errand.rounds(fortyMillis / 8)).toList();
        flood.forEach(each -> spinners.send(greedy, each));
        assertThat(flood).allMatch(each -> each.outcome().equals(new Outcome.Exited(0)));
    }

    /** A function that the clock has seen compute. */
    private FunctionPool greedy() {
        FunctionPool greedy = spinners.open(Spinners.limits(LONG, LONG, THREADS, 200));
        for (int i = 0; i < 5; i++) {
            Errand errand = Errand.rounds(fortyMillis);
            spinners.send(greedy, errand);
            errand.await();
        }
        return greedy;
    }

    private List<Run> flood(FunctionPool greedy, int runs) {
        return IntStream.range(0, runs)
                .mapToObj(i -> spinners.send(greedy, Errand.rounds(fortyMillis)))
                .toList();
    }

    /** Until so many run and others wait, at five looks in a row. */
    private static void awaitSteady(FunctionPool function, int running) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .during(Duration.ofMillis(50))
                .until(() ->
                        function.stats().runningSandboxes() == running
                                && function.stats().queued() > 0);
    }

    /** Calls a function over and over. */
    private final class Caller implements AutoCloseable {
        private final FunctionPool function;
        private final Thread thread = new Thread(this::call);
        private volatile boolean stopped;
        private volatile int calls;

        Caller(FunctionPool function) {
            this.function = function;
            thread.start();
        }

        private void call() {
            for (int made = 1; !stopped; made++) {
                Errand errand = Errand.rounds(fortyMillis / 40);
                spinners.send(function, errand);
                errand.await();
                calls = made;
            }
        }

        int calls() {
            return calls;
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
