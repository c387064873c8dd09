package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions as they move between hot, warm and cold; time is what the test says it is. */
class TiersTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void aFunctionGoesDownATierForEachIdleTimeoutAndUpForARun() {
        FunctionPool function = open(0);
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        run(function);
        assertThat(tier(function)).isEqualTo(Tier.HOT);
        lookAfter(IDLE.dividedBy(2));
        assertThat(tier(function)).isEqualTo(Tier.HOT);
        lookAfter(IDLE);
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        lookAfter(IDLE);
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        lookAfter(IDLE.multipliedBy(2));
        assertThat(tier(function)).isEqualTo(Tier.COLD);
        assertThat(spinners.runtime().budget().used()).isZero();
        run(function);
        assertThat(tier(function)).isEqualTo(Tier.HOT);
        assertThat(function.stats().turnover().wakeUps()).isEqualTo(1);
        assertThat(function.stats().runs()).isEqualTo(2);
    }

    @Test
    void theDefaultIsAMinuteATierAndNothingKeptReady() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        run(function);
        lookAfter(Duration.ofSeconds(59));
        assertThat(tier(function)).isEqualTo(Tier.HOT);
        lookAfter(Duration.ofSeconds(61));
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        lookAfter(Duration.ofSeconds(121));
        assertThat(tier(function)).isEqualTo(Tier.COLD);
    }

    @Test
    void theKeeperLooksByItself() {
        var pool = new FunctionSpec.Pool(Duration.ofMillis(1), 0);
        FunctionPool function = open(pool, Spinners::woken);
        run(function);
        Awaitility.await().until(() -> tier(function) == Tier.COLD);
        run(function);
        Awaitility.await().until(() -> tier(function) == Tier.COLD);
    }

    @Test
    void aFunctionThatTheDiskDoesNotKeepStaysWarmAndIsAskedForAgainLater() {
        var disk = new AtomicBoolean();
        var asked = new AtomicInteger();
        FunctionPool function =
                open(
                        new FunctionSpec.Pool(IDLE, 0),
                        new Waking() {
                            @Override
                            public Loading wake() {
                                return Spinners.woken();
                            }

                            @Override
                            public boolean keeps(FrozenFunction frozen) {
                                asked.incrementAndGet();
                                return disk.get();
                            }
                        });
        run(function);
        lookAfter(IDLE.multipliedBy(2));
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        disk.set(true);
        lookAfter(IDLE.multipliedBy(2).plusSeconds(1));
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        assertThat(asked).hasValue(1);
        lookAfter(IDLE.multipliedBy(4));
        assertThat(tier(function)).isEqualTo(Tier.COLD);
    }

    @Test
    void readySandboxesAreMadeAtTheLoadAndKeptForEver() {
        FunctionPool function = open(2);
        assertThat(function.stats().idleSandboxes()).isEqualTo(2);
        lookAfter(IDLE.multipliedBy(100));
        assertThat(function.stats().idleSandboxes()).isEqualTo(2);
        assertThat(tier(function)).isEqualTo(Tier.HOT);
    }

    @Test
    void aReadySandboxThatWasThrownAwayIsMadeAgain() {
        FunctionPool function = open(1);
        Errand endless = Errand.rounds(ENDLESS);
        Run run = spinners.send(function, endless);
        Awaitility.await().until(() -> function.stats().runningSandboxes() == 1);
        run.cancel();
        endless.await();
        assertThat(function.stats().discards()).isEqualTo(1);
        Awaitility.await()
                .until(() -> lookAfter(Duration.ZERO).stats(function).idleSandboxes() == 1);
    }

    @Test
    void noMoreSandboxesAreKeptReadyThanRunAtOnce() {
        FunctionPool function = open(1000);
        assertThat(function.stats().idleSandboxes()).isEqualTo(4);
    }

    @Test
    void aFunctionThatRunsIsNotMovedHoweverLongItRuns() {
        FunctionPool function = open(0);
        Errand endless = Errand.rounds(ENDLESS);
        Run run = spinners.send(function, endless);
        Awaitility.await().until(() -> function.stats().runningSandboxes() == 1);
        lookAfter(IDLE.multipliedBy(100));
        assertThat(tier(function)).isEqualTo(Tier.HOT);
        assertThat(endless.isFinished()).isFalse();
        run.cancel();
    }

    @Test
    void aFunctionWithAWaitingRunIsNotMoved() {
        FunctionPool function = open(0);
        // Submitted, and no thread is awake or woken for it.
        spinners.awaitSleep();
        Errand waiting = Errand.rounds(1);
        function.submit(waiting);
        lookAfter(IDLE.multipliedBy(100));
        assertThat(tier(function)).isEqualTo(Tier.WARM);
        spinners.runtime().wake();
        assertThat(waiting.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void allWhoWaitForAColdFunctionWaitForOneWakeUp() {
        var wakeUps = new AtomicInteger();
        var gate = new CountDownLatch(1);
        FunctionPool function =
                openCold(() -> {
                    wakeUps.incrementAndGet();
                    await(gate);
                    return Spinners.woken();
                });
        List<Errand> errands = IntStream.range(0, 50).mapToObj(i -> Errand.rounds(1)).toList();
        errands.forEach(errand -> spinners.send(function, errand));
        assertThat(tier(function)).isEqualTo(Tier.COLD);
        assertThat(function.stats().queued()).isEqualTo(50);
        gate.countDown();
        assertThat(errands)
                .allSatisfy(
                        errand -> assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0)));
        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void aWakeUpThatTakesTooLongCostsARunItsQueueTimeoutAndNoMore() {
        var gate = new CountDownLatch(1);
        FunctionPool function =
                open(
                        Spinners.limits(LONG, Duration.ofMillis(30), 4, 10),
                        new FunctionSpec.Pool(IDLE, 0),
                        () -> {
                            await(gate);
                            return Spinners.woken();
                        });
        lookAfter(IDLE.multipliedBy(2));
        Errand hasty = Errand.rounds(1);
        spinners.send(function, hasty);
        assertThat(cause(hasty)).isEqualTo(Outcome.Refused.Cause.QUEUE_TIMEOUT);
        gate.countDown();
        Awaitility.await().until(() -> tier(function) == Tier.WARM);
        run(function);
    }

    @Test
    void aFunctionClosedWhileItWakesUpRefusesWhoWaitsAndHoldsNothing() {
        var gate = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        FunctionPool function =
                openCold(() -> {
                    begun.countDown();
                    await(gate);
                    return Spinners.woken();
                });
        Errand waiting = Errand.rounds(1);
        spinners.send(function, waiting);
        await(begun);
        function.close();
        assertThat(cause(waiting)).isEqualTo(Outcome.Refused.Cause.CLOSED);
        gate.countDown();
        Awaitility.await().until(() -> spinners.runtime().budget().used() == 0);
    }

    @Test
    void aWakeUpThatFailsRefusesWhoWaitsAndALaterRunTriesAgain() {
        var broken = new AtomicInteger(2);
        FunctionPool function =
                openCold(() ->
                        broken.getAndDecrement() > 0
                                ? new Loading.Refused(List.of("the module is gone"))
                                : Spinners.woken());
        Errand first = Errand.rounds(1);
        spinners.send(function, first);
        assertThat(cause(first)).isEqualTo(Outcome.Refused.Cause.UNAVAILABLE);
        Awaitility.await()
                .until(() -> {
                    Errand next = Errand.rounds(1);
                    spinners.send(function, next);
                    return next.outcome().equals(new Outcome.Exited(0));
                });
        assertThat(broken).hasValue(-1);
        assertThat(function.stats().turnover().wakeUps()).isEqualTo(1);
    }

    @Test
    void runsSoonAfterAFailedWakeUpAreRefusedWithoutAnother() {
        var tries = new AtomicInteger();
        FunctionPool function =
                openCold(() -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("planted");
                });
        for (int i = 0; i < 1000; i++) {
            Errand errand = Errand.rounds(1);
            spinners.send(function, errand);
            assertThat(cause(errand)).isEqualTo(Outcome.Refused.Cause.UNAVAILABLE);
        }
        assertThat(tries.get()).isPositive().isLessThan(20);
    }

    @Test
    void untilThePauseAfterAFailedWakeUpIsOverRequestsAreTurnedAwayBeforeTheirBody() {
        FunctionPool function = openCold(() -> new Loading.Refused(List.of("the module is gone")));
        for (int failure = 0; failure < 3; failure++) {
            assertThat(function.turnedAway()).isNull();
            Errand errand = Errand.rounds(1);
            spinners.send(function, errand);
            assertThat(cause(errand)).isEqualTo(Outcome.Refused.Cause.UNAVAILABLE);
            assertThat(function.turnedAway())
                    .extracting(Outcome.Refused::cause)
                    .isEqualTo(Outcome.Refused.Cause.UNAVAILABLE);
            Awaitility.await().until(() -> function.turnedAway() == null);
        }
    }

    private FunctionPool open(int minReady) {
        return open(new FunctionSpec.Pool(IDLE, minReady), Spinners::woken);
    }

    private FunctionPool openCold(Waking waking) {
        FunctionPool function = open(new FunctionSpec.Pool(IDLE, 0), waking);
        lookAfter(IDLE.multipliedBy(2));
        assertThat(tier(function)).isEqualTo(Tier.COLD);
        return function;
    }

    private FunctionPool open(FunctionSpec.Pool pool, Waking waking) {
        return open(Spinners.LIMITS, pool, waking);
    }

    private FunctionPool open(FunctionSpec.Limits limits, FunctionSpec.Pool pool, Waking waking) {
        return spinners.tryOpen(Specs.of(limits, pool), waking).orElseThrow();
    }

    /** The keeper's look, as it would be {@code time} from now. */
    private TiersTest lookAfter(Duration time) {
        spinners.runtime().keeper().look(System.nanoTime() + time.toNanos());
        return this;
    }

    private PoolStats stats(FunctionPool function) {
        return function.stats();
    }

    private static Tier tier(FunctionPool function) {
        return function.stats().tier();
    }

    private void run(FunctionPool function) {
        Errand errand = Errand.rounds(1);
        spinners.send(function, errand);
        assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0));
        // The run's turn is given up after the run has ended.
        Awaitility.await().until(() -> function.residence().traffic().turns().allHome());
    }

    private static Outcome.Refused.Cause cause(Errand errand) {
        return ((Outcome.Refused) errand.outcome()).cause();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
