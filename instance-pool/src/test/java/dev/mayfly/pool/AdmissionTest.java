package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec.Limits;
import dev.mayfly.pool.Outcome.Refused;
import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is let into the queue, and who is told at once to come again. */
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofMillis(2);
    private static final int QUEUE = 100;

    /** Room for as many as take twice the time that one may wait. */
    private static final Limits SHORT_QUEUE =
            Spinners.limits(LONG, RUN.multipliedBy(QUEUE / 2), 1, QUEUE);

    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void whoWouldWaitLongerThanTheQueueAllowsIsRefusedAtOnce() {
        FunctionPool function = spinners.open(SHORT_QUEUE);
        call(function, 40);
        Waiter first = occupy(function);
        List<Errand> flood = flood(function);
        assertThat(flood.getLast().isFinished()).isTrue();
        assertThat(flood.getLast().outcome()).isEqualTo(refused(Cause.TOO_LONG_A_WAIT));
        first.letGo();
        assertThat(flood.getFirst().outcome()).isNotEqualTo(refused(Cause.TOO_LONG_A_WAIT));
    }

    @Test
    void aFunctionThatRanOnlyAFewTimesTurnsNobodyAway() {
        FunctionPool function = spinners.open(SHORT_QUEUE);
        call(function, 4);
        Waiter first = occupy(function);
        assertThat(flood(function).getLast().outcome())
                .as("let in, and there for longer than it may")
                .isEqualTo(refused(Cause.QUEUE_TIMEOUT));
        first.letGo();
    }

    @Test
    void whoHasLessPatienceThanTheQueueIsRefusedSooner() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 1, 2 * QUEUE));
        call(function, 40);
        Waiter first = occupy(function);
        List<Errand> patient = flood(function);
        Errand hasty = hasty();
        spinners.send(function, hasty);
        assertThat(hasty.isFinished()).isTrue();
        assertThat(hasty.outcome())
                .isInstanceOfSatisfying(
                        Refused.class,
                        it -> assertThat(it.cause()).isEqualTo(Cause.TOO_LONG_A_WAIT));
        first.letGo();
        patient.forEach(each -> assertThat(each.outcome()).isEqualTo(new Outcome.Exited(0)));
        Errand alone = hasty();
        spinners.send(function, alone);
        assertThat(alone.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    @Tag("limit:runtime.guest_threads")
    @Tag("limit:function.limits.concurrency")
    void aFunctionHasHalfTheThreadsUnlessItSaysOtherwiseAndNeverMoreThanThereAre() {
        FunctionPool greedy = spinners.open(Spinners.limits(LONG, LONG, 1000, QUEUE));
        assertThat(greedy.terms().concurrency()).isEqualTo(Spinners.THREADS);
        FunctionPool usual = spinners.open(Limits.DEFAULT);
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

    /** With a run that goes on until the test lets it. */
    private Waiter occupy(FunctionPool function) {
        var first = new Waiter();
        spinners.send(function, first);
        Awaitility.await().until(first::hasBegun);
        return first;
    }

    private List<Errand> flood(FunctionPool function) {
        List<Errand> flood = IntStream.range(0, QUEUE).mapToObj(i -> Errand.rounds(1)).toList();
        flood.forEach(each -> spinners.send(function, each));
        return flood;
    }

    private static Refused refused(Cause cause) {
        return new Refused(cause, Duration.ofSeconds(1));
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
