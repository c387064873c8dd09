package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    @Tag("limit:memory.budget")
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
    void anImageThatDoesNotFitBesideWhatRunsIsNotOpened() {
        try (Spinners spinners = spinners(1)) {
            FunctionPool function = spinners.open(Spinners.LIMITS);
            Run run = spinners.send(function, Errand.rounds(Integer.MAX_VALUE));
            Awaitility.await().until(() -> function.stats().runningSandboxes() == 1);
            assertThat(openAnother(spinners)).isEmpty();
            assertThat(spinners.tryOpen(Spinners.LIMITS)).as("shares the image").isPresent();
            run.cancel();
            function.close();
            Awaitility.await().until(() -> openAnother(spinners).isPresent());
        }
    }

    @Test
    void whatWasUsedLongestAgoMakesRoom() {
        try (Spinners spinners = spinners(3)) {
            List<FunctionPool> functions =
                    IntStream.range(0, 3).mapToObj(i -> spinners.open(Spinners.LIMITS)).toList();
            for (int number : new int[] {1, 0, 2}) {
                finish(spinners, functions.get(number));
            }
            FunctionPool late = spinners.open(Spinners.LIMITS);
            finish(spinners, late);
            assertThat(functions)
                    .extracting(each -> each.stats().tier())
                    .containsExactly(Tier.HOT, Tier.COLD, Tier.HOT);
            assertThat(functions.get(1).stats().turnover().evictions()).isEqualTo(1);
            assertThat(late.stats().tier()).isEqualTo(Tier.HOT);
        }
    }

    @Test
    void aFunctionThatKeepsSandboxesReadyMakesNoRoom() {
        try (Spinners spinners = spinners(2)) {
            var pool = new FunctionSpec.Pool(LONG, 2);
            FunctionSpec spec = Specs.of(Spinners.LIMITS, pool);
            FunctionPool ready = spinners.tryOpen(spec, Spinners::woken).orElseThrow();
            Errand errand = Errand.rounds(1);
            spinners.send(spinners.open(Spinners.LIMITS), errand);
            assertThat(cause(errand)).isEqualTo(Outcome.Refused.Cause.NO_MEMORY);
            assertThat(ready.stats().idleSandboxes()).isEqualTo(2);
            assertThat(spinners.tryOpen(spec, Spinners::woken)).isEmpty();
        }
    }

    @Test
    void memoryCountsWhenARunGrowsItAndIdleFunctionsMakeRoomForIt() {
        try (Spinners spinners = spinners(3)) {
            FunctionPool idle = spinners.open(Spinners.LIMITS);
            finish(spinners, idle);
            FunctionPool growing = spinners.open(Spinners.LIMITS);
            Errand little = Errand.rounds(1);
            growing.submit(little, "grow");
            spinners.runtime().wake();
            assertThat(little.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(idle.stats().tier()).isEqualTo(Tier.HOT);
            Errand more = Errand.rounds(3);
            growing.submit(more, "grow");
            spinners.runtime().wake();
            assertThat(more.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(idle.stats().tier()).isEqualTo(Tier.COLD);
            Errand tooMuch = Errand.rounds(Spinners.MOST_PAGES - 1);
            growing.submit(tooMuch, "grow");
            spinners.runtime().wake();
            assertThat(tooMuch.outcome()).isInstanceOf(Outcome.Trapped.class);
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

    private static Optional<FunctionPool> openAnother(Spinners spinners) {
        FunctionSpec spec = Specs.of(Spinners.LIMITS, FunctionSpec.Pool.DEFAULT);
        return spinners.tryOpen(Spinners.freeze(), spec, Spinners::woken);
    }

    private static void finish(Spinners spinners, FunctionPool function) {
        Errand errand = Errand.rounds(1);
        spinners.send(function, errand);
        assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0));
        Awaitility.await().until(() -> function.residence().traffic().turns().allHome());
    }

    private static Outcome.Refused.Cause cause(Errand errand) {
        return ((Outcome.Refused) errand.outcome()).cause();
    }

    private static Spinners spinners(int sandboxes) {
        return new Spinners(Spinners.THREADS, Spinners.budgetFor(sandboxes), GuestThread::new);
    }
}
