package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome.Refused;
import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let into the queue, and who is told at once to come again. */
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofMillis(2);
    private static final int QUEUE = 100;

    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void whoWouldWaitLongerThanTheQueueAllowsIsRefusedAtOnce() {
        FunctionPool function =
                spinners.open(Spinners.limits(LONG, RUN.multipliedBy(20), 1, QUEUE));
        call(function, 40);
        var first = new Waiter();
        spinners.send(function, first);
        Awaitility.await().until(first::hasBegun);
        List<Errand> flood = flood(function, QUEUE);
        Errand last = flood.getLast();
        assertThat(last.isFinished()).isTrue();
        assertThat(last.outcome())
                .isEqualTo(new Refused(Cause.TOO_LONG_A_WAIT, Duration.ofSeconds(1)));
        assertThat(flood.getFirst().isFinished()).as("the first in the queue").isFalse();
        first.letGo();
    }

    @Test
    void aFunctionThatRanOnlyAFewTimesTurnsNobodyAway() {
        FunctionPool function =
                spinners.open(Spinners.limits(LONG, Duration.ofMillis(1), 1, QUEUE));
        call(function, 4);
        flood(function, QUEUE)
                .forEach(each ->
                        assertThat(each.outcome())
                                .isNotEqualTo(
                                        new Refused(Cause.TOO_LONG_A_WAIT, Duration.ofSeconds(1))));
    }

    @Test
    void whoHasLessPatienceThanTheQueueIsRefusedSooner() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 1, QUEUE));
        call(function, 40);
        var first = new Waiter();
        spinners.send(function, first);
        Awaitility.await().until(first::hasBegun);
        List<Errand> patient = flood(function, 50);
        Errand hasty = hasty();
        spinners.send(function, hasty);
        assertThat(hasty.isFinished()).isTrue();
        assertThat(hasty.outcome())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Cause.TOO_LONG_A_WAIT));
        first.letGo();
        patient.forEach(each -> assertThat(each.outcome()).isEqualTo(new Outcome.Exited(0)));
        Errand alone = hasty();
        spinners.send(function, alone);
        assertThat(alone.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void aFunctionHasHalfTheThreadsUnlessItSaysOtherwiseAndNeverMoreThanThereAre() {
        FunctionPool greedy = spinners.open(Spinners.limits(LONG, LONG, 1000, QUEUE));
        assertThat(greedy.terms().concurrency()).isEqualTo(Spinners.THREADS);
        FunctionPool usual = spinners.open(dev.mayfly.manifest.FunctionSpec.Limits.DEFAULT);
        assertThat(usual.terms().concurrency()).isEqualTo(Spinners.THREADS / 2);
    }

    private void call(FunctionPool function, int times) {
        int rounds = spinners.rounds(RUN);
        for (int i = 0; i < times; i++) {
            Errand errand = Errand.rounds(rounds);
            spinners.send(function, errand);
            errand.await();
        }
    }

    private List<Errand> flood(FunctionPool function, int count) {
        List<Errand> flood = IntStream.range(0, count).mapToObj(i -> Errand.rounds(1)).toList();
        flood.forEach(each -> spinners.send(function, each));
        return flood;
    }

    private static Errand hasty() {
        return new Errand(Errand.bytes(1)) {
            @Override
            public long patienceNanos() {
                return RUN.toNanos();
            }
        };
    }
}
