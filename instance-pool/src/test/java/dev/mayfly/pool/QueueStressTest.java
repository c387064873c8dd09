package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Submissions race with everything that ends a run before it begins. */
class QueueStressTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final long seed = System.nanoTime();
    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void noWakeUpIsEverLost() throws Exception {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        // Each sender waits for its own run before it sends the next: a lost wake-up stops it.
        inParallel(
                3,
                sender -> {
                    for (int i = 0; i < 20_000; i++) {
                        Errand errand = Errand.rounds(1);
                        spinners.send(function, errand);
                        errand.await();
                    }
                    return null;
                });
        assertThat(function.stats().runs()).isEqualTo(60_000);
        assertThat(function.stats().queued()).isZero();
    }

    @Test
    void aQueueTimeoutAndALeaseNeverBothGetARun() throws Exception {
        FunctionPool function =
                spinners.open(Spinners.limits(LONG, Duration.ofMillis(4), 1, 10_000));
        int rounds = spinners.rounds(Duration.ofNanos(100_000));
        var flight = new Flight(64);
        for (int i = 0; i < 20_000; i++) {
            spinners.send(function, flight.next(function, rounds));
        }
        List<Flight.Sent> sent = flight.landed();
        long refused = sent.stream().filter(each -> isRefused(each.errand())).count();
        assertThat(refused).isEqualTo(function.stats().refusals()).isPositive();
        assertThat(function.stats().queued()).isZero();
        spinners.close();
        sent.forEach(each -> each.errand().assertFinishedOnce());
    }

    @Test
    void aClosedFunctionEndsEveryRunOnceAndFreesEverything() throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 4, 50));
            var errands = new ConcurrentLinkedQueue<Errand>();
            int patience = random.nextInt(100);
            inParallel(
                    3,
                    part -> {
                        if (part == 0) {
                            IntStream.range(0, patience).forEach(i -> Thread.onSpinWait());
                            function.close();
                        } else {
                            sendWhileOpen(function, errands);
                        }
                        return null;
                    });
            errands.forEach(Errand::await);
            errands.forEach(Errand::assertFinishedOnce);
        }
        spinners.close();
        assertThat(spinners.runtime().budget().used()).as("seed %d", seed).isZero();
    }

    /** Half of them as a trigger does, retained; half without. */
    private void sendWhileOpen(FunctionPool function, ConcurrentLinkedQueue<Errand> errands) {
        for (int i = 0; i < 50; i++) {
            Errand errand = Errand.rounds(100);
            if (i % 2 == 0) {
                errands.add(errand);
                spinners.send(function, errand);
            } else if (function.retain()) {
                errands.add(errand);
                spinners.send(function, errand);
                assertThat(errand.outcome()).isInstanceOf(Outcome.Exited.class);
                function.release();
            }
        }
    }

    @Test
    void aClosedRuntimeEndsWhatRunsAndWhatWaits() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 2, 50));
        List<Errand> errands =
                IntStream.range(0, 20).mapToObj(i -> Errand.rounds(Integer.MAX_VALUE)).toList();
        errands.forEach(errand -> spinners.send(function, errand));
        spinners.close();
        errands.forEach(Errand::assertFinishedOnce);
        assertThat(spinners.livingThreads()).isZero();
        Errand late = Errand.rounds(1);
        spinners.send(function, late);
        assertThat(isRefused(late)).isTrue();
    }

    private static boolean isRefused(Errand errand) {
        return errand.outcome() instanceof Outcome.Refused;
    }

    /** What one of several threads does. */
    @FunctionalInterface
    private interface Part {
        Void run(int number) throws Exception;
    }

    private static void inParallel(int count, Part part) throws Exception {
        try (var pool = Executors.newFixedThreadPool(count)) {
            List<Callable<Void>> parts =
                    IntStream.range(0, count)
                            .<Callable<Void>>mapToObj(i -> () -> part.run(i))
                            .toList();
            for (Future<Void> each : pool.invokeAll(parts)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
