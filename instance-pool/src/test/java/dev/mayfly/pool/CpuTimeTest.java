package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec.Limits;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code limits.cpu}: how long a run may compute. */
class CpuTimeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    @Tag("limit:function.limits.cpu")
    void aRunThatComputesLongerThanItMayIsInterruptedAndItsSandboxThrownAway() {
        Duration limit = Duration.ofMillis(20);
        FunctionPool function = spinners.open(Spinners.limitsOfCpu(LONG, limit));
        Errand endless = Errand.rounds(ENDLESS);
        spinners.send(function, endless);
        assertThat(endless.outcome()).isEqualTo(new Outcome.CpuExceeded(limit));
        assertThat(endless.await().evidence().guestNanos()).isGreaterThanOrEqualTo(limit.toNanos());
        assertThat(function.stats().discards()).isEqualTo(1);
    }

    @Test
    void aLimitBelowATickIsOneAllTheSame() {
        Duration limit = Duration.ofNanos(100_000);
        FunctionPool function = spinners.open(Spinners.limitsOfCpu(LONG, limit));
        Errand endless = Errand.rounds(ENDLESS);
        spinners.send(function, endless);
        assertThat(endless.outcome()).isEqualTo(new Outcome.CpuExceeded(limit));
    }

    @Test
    void whileItWaitsARunSpendsNoCpuTime() {
        Duration limit = Duration.ofMillis(10);
        FunctionPool function = spinners.open(Spinners.limitsOfCpu(LONG, limit));
        var waiter = new Waiter();
        spinners.send(function, waiter);
        Awaitility.await().until(() -> waiter.ticks() * Clock.TICK_NANOS > 5 * limit.toNanos());
        waiter.letGo();
        assertThat(waiter.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void theRunsBeforeOnTheSameThreadDoNotCount() {
        Duration limit = Duration.ofMillis(60);
        FunctionPool function = spinners.open(Spinners.limitsOfCpu(LONG, limit));
        int rounds = spinners.rounds(Duration.ofMillis(20));
        for (int i = 0; i < 10; i++) {
            Errand errand = Errand.rounds(rounds);
            spinners.send(function, errand);
            assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0));
        }
    }

    @Test
    void unlessItIsSetTheDeadlineIsTheOnlyLimit() {
        assertThat(Limits.DEFAULT.cpu()).isEqualTo(Limits.DEFAULT.timeout());
        Duration limit = Duration.ofMillis(20);
        FunctionPool function = spinners.open(Spinners.limits(limit, LONG, 1, 10));
        Errand endless = Errand.rounds(ENDLESS);
        spinners.send(function, endless);
        assertThat(endless.outcome()).isEqualTo(new Outcome.DeadlineExceeded(limit));
    }
}
