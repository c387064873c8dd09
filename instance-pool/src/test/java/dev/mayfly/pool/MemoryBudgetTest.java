package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void withoutMemoryForItsFirstSandboxARunIsRefused() {
        try (Spinners spinners = spinners(0)) {
            FunctionPool function = spinners.open(Spinners.LIMITS);
            Errand errand = Errand.rounds(1);
            spinners.send(function, errand);
            assertThat(errand.outcome())
                    .isEqualTo(
                            new Outcome.Refused(
                                    Outcome.Refused.Cause.NO_MEMORY, Duration.ofSeconds(1)));
            assertThat(function.stats().refusals()).isEqualTo(1);
            assertThat(function.stats().runningSandboxes()).isZero();
        }
    }

    @Test
    void withoutMemoryForAnotherSandboxRunsShareThoseThereAre() {
        try (Spinners spinners = spinners(1)) {
            FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 4, 200));
            Errand endless = Errand.rounds(Integer.MAX_VALUE);
            Run first = spinners.send(function, endless);
            List<Errand> errands = IntStream.range(0, 100).mapToObj(Errand::rounds).toList();
            errands.forEach(errand -> spinners.send(function, errand));
            Awaitility.await().until(() -> function.stats().queued() == 100);
            first.cancel();
            assertThat(errands)
                    .allSatisfy(errand ->
                            assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0)));
            assertThat(function.stats().idleSandboxes()).isEqualTo(1);
            assertThat(function.stats().refusals()).isZero();
        }
    }

    @Test
    void anImageThatDoesNotFitIsNotOpenedAndAClosedFunctionMakesRoom() {
        try (Spinners spinners = spinners(0)) {
            FunctionPool function = spinners.open(Spinners.LIMITS);
            assertThat(spinners.tryOpen(Spinners.LIMITS)).isEmpty();
            function.close();
            assertThat(spinners.tryOpen(Spinners.LIMITS)).isPresent();
        }
    }

    @Test
    void aReservationTakesAllOrNothing() {
        var budget = new MemoryBudget(100);
        assertThat(budget.reserve(60)).isTrue();
        assertThat(budget.reserve(60)).isFalse();
        assertThat(budget.used()).isEqualTo(60);
        budget.release(60);
        assertThat(budget.reserve(100)).isTrue();
        assertThat(budget.reserve(Long.MAX_VALUE)).isFalse();
    }

    private static Spinners spinners(int sandboxes) {
        return new Spinners(Spinners.THREADS, Spinners.budgetFor(sandboxes), GuestThread::new);
    }
}
