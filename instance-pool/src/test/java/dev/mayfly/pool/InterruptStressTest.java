package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Interrupts race with the ends of runs, and never reach the run after. */
class InterruptStressTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int RUNS = 10_000;
    private static final int AT_ONCE = 16;
    private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Forgets what every guest thread must do after a run. */
    private static final class ForgetfulThread extends GuestThread {
        ForgetfulThread(Crew crew, int number, String name, long stackBytes) {
            super(crew, number, name, stackBytes);
        }

        @Override
        void clearFlag() {}
    }

    @Test
    void deadlinesAtRandomMomentsHitTheirOwnRunsOnly() throws InterruptedException {
        try (Spinners spinners = spinners(GuestThread::new)) {
            List<Flight.Sent> sent = raceDeadlines(spinners, RUNS);
            assertThat(violations(sent)).as("seed %d", seed).isEmpty();
            assertThat(near(sent))
                    .as("ended within 1 ms of the limit, seed %d", seed)
                    .isGreaterThan(100);
            assertThat(count(sent, Outcome.DeadlineExceeded.class)).isGreaterThan(100);
            assertThat(count(sent, Outcome.Exited.class)).isGreaterThan(RUNS / 4);
            assertNothingLost(spinners, sent);
        }
    }

    @Test
    void cancellationsAtRandomMomentsHitTheirOwnRunsOnly() throws InterruptedException {
        try (Spinners spinners = spinners(GuestThread::new)) {
            List<Flight.Sent> sent = raceCancellations(spinners);
            assertThat(violations(sent)).as("seed %d", seed).isEmpty();
            assertThat(count(sent, Outcome.Cancelled.class)).isGreaterThan(100);
            assertThat(count(sent, Outcome.Exited.class)).isGreaterThan(RUNS);
            assertNothingLost(spinners, sent);
        }
    }

    @Test
    void aThreadThatKeptTheInterruptFlagWouldBeNoticed() throws InterruptedException {
        try (Spinners spinners = spinners(ForgetfulThread::new)) {
            assertThat(violations(raceDeadlines(spinners, RUNS / 10))).isNotEmpty();
        }
    }

    private static Spinners spinners(Crews.Recruiter recruiter) {
        return new Spinners(Spinners.THREADS, 1L << 30, recruiter);
    }

    /** Runs that last about as long as their limit, and innocent ones that end at once. */
    private List<Flight.Sent> raceDeadlines(Spinners spinners, int runs)
            throws InterruptedException {
        int perMilli = spinners.rounds(Duration.ofMillis(1));
        List<FunctionPool> functions =
                Stream.of(300, 700, 1200)
                        .map(micros -> Duration.ofNanos(micros * 1000L))
                        .map(limit -> spinners.open(Spinners.limits(limit, LONG, 4, 200)))
                        .toList();
        var flight = new Flight(AT_ONCE);
        for (int i = 0; i < runs; i++) {
            FunctionPool to = functions.get(random.nextInt(functions.size()));
            double millis = to.terms().timeoutNanos() / 1e6 * (0.5 + random.nextDouble());
            int rounds = random.nextInt(4) == 0 ? 1 : (int) (perMilli * millis);
            spinners.send(to, flight.next(to, rounds));
        }
        return flight.landed();
    }

    /** Each run that is cancelled at some moment is followed by an innocent one. */
    private List<Flight.Sent> raceCancellations(Spinners spinners) throws InterruptedException {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        int perMilli = spinners.rounds(Duration.ofMillis(1));
        var flight = new Flight(4);
        for (int i = 0; i < RUNS; i++) {
            Run run = spinners.send(function, flight.next(function, perMilli / 10));
            spinners.send(function, flight.next(function, 1));
            spin(random.nextInt(200_000));
            run.cancel();
        }
        return flight.landed();
    }

    private static void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static List<String> violations(List<Flight.Sent> sent) {
        List<String> violations = new ArrayList<>();
        for (Flight.Sent each : sent) {
            Errand.Ended ended = each.errand().await();
            boolean fine =
                    switch (ended.outcome()) {
                        case Outcome.Exited(int code) -> code == 0;
                        case Outcome.DeadlineExceeded _ ->
                                ended.evidence().guestNanos() >= each.to().terms().timeoutNanos();
                        case Outcome.Cancelled _ -> each.rounds() > 1;
                        default -> false;
                    };
            if (!fine) {
                violations.add(each.rounds() + " rounds: " + ended);
            }
        }
        return violations;
    }

    private static long near(List<Flight.Sent> sent) {
        return sent.stream()
                .filter(each -> each.rounds() > 1)
                .mapToLong(InterruptStressTest::nanosFromLimit)
                .filter(distance -> distance < NEAR_NANOS)
                .count();
    }

    private static long nanosFromLimit(Flight.Sent sent) {
        long limit = sent.to().terms().timeoutNanos();
        return Math.abs(sent.errand().await().evidence().guestNanos() - limit);
    }

    private static long count(List<Flight.Sent> sent, Class<? extends Outcome> ending) {
        return sent.stream().filter(each -> ending.isInstance(each.errand().outcome())).count();
    }

    private static void assertNothingLost(Spinners spinners, List<Flight.Sent> sent) {
        assertThat(spinners.livingThreads()).isEqualTo(Spinners.THREADS);
        sent.stream().map(Flight.Sent::to).distinct().forEach(FunctionPool::close);
        spinners.close();
        sent.forEach(each -> each.errand().assertFinishedOnce());
        assertThat(spinners.livingThreads()).isZero();
        assertThat(spinners.runtime().budget().used()).isZero();
    }
}
