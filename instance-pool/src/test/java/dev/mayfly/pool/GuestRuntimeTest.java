package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GuestRuntimeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final Spinners spinners = new Spinners();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void aSubmittedRunEndsAndItsSandboxWaitsForTheNext() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        Errand errand = Errand.rounds(10);
        spinners.send(function, errand);
        assertThat(errand.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(function.stats().runs()).isEqualTo(1);
        assertThat(function.stats().idleSandboxes()).isEqualTo(1);
        assertThat(function.stats().runningSandboxes()).isZero();
    }

    @Test
    void aRunPastItsTimeLimitIsInterruptedAndItsSandboxThrownAway() {
        Duration limit = Duration.ofMillis(20);
        FunctionPool function = spinners.open(Spinners.limits(limit, LONG, 1, 10));
        Errand endless = Errand.rounds(ENDLESS);
        spinners.send(function, endless);
        assertThat(endless.outcome()).isEqualTo(new Outcome.DeadlineExceeded(limit));
        assertThat(endless.await().evidence().guestNanos()).isGreaterThanOrEqualTo(limit.toNanos());
        assertThat(function.stats().discards()).isEqualTo(1);
        assertThat(function.stats().idleSandboxes()).isZero();
    }

    @Test
    void aCancelledRunEndsEarlyWhetherItRunsOrWaits() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 1, 10));
        Errand running = Errand.rounds(ENDLESS);
        Errand waiting = Errand.rounds(1);
        Run first = spinners.send(function, running);
        Run second = spinners.send(function, waiting);
        awaitRunning(function, 1);
        second.cancel();
        assertThat(waiting.isFinished()).isTrue();
        assertThat(waiting.outcome()).isEqualTo(new Outcome.Cancelled());
        first.cancel();
        assertThat(running.outcome()).isEqualTo(new Outcome.Cancelled());
        first.cancel();
        second.cancel();
        spinners.close();
        running.assertFinishedOnce();
        waiting.assertFinishedOnce();
    }

    @Test
    @Tag("limit:function.limits.queue")
    void aFullQueueRefusesAtOnceAndSaysWhenToComeAgain() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 1, 2));
        List<Run> admitted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            admitted.add(function.submit(Errand.rounds(ENDLESS)));
        }
        Errand tooMany = Errand.rounds(1);
        function.submit(tooMany);
        assertThat(tooMany.isFinished()).isTrue();
        assertThat(tooMany.outcome())
                .isEqualTo(
                        new Outcome.Refused(
                                Outcome.Refused.Cause.QUEUE_FULL, Duration.ofSeconds(1)));
        assertThat(function.stats().refusals()).isEqualTo(1);
        PoolStats stats = function.stats();
        assertThat(stats.queued() + stats.runningSandboxes()).isEqualTo(3);
        admitted.forEach(Run::cancel);
    }

    @Test
    void aRunThatWaitsTooLongIsRefusedByTheClock() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, Duration.ofMillis(30), 1, 10));
        Errand running = Errand.rounds(ENDLESS);
        Errand waiting = Errand.rounds(1);
        Run first = spinners.send(function, running);
        awaitRunning(function, 1);
        spinners.send(function, waiting);
        assertThat(waiting.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.cause())
                                        .isEqualTo(Outcome.Refused.Cause.QUEUE_TIMEOUT));
        assertThat(running.isFinished()).isFalse();
        first.cancel();
    }

    @Test
    @Tag("limit:function.limits.concurrency")
    void aFunctionRunsAsOftenAtOnceAsItMayAndNoMore() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 2, 10));
        List<Run> runs =
                IntStream.range(0, 4)
                        .mapToObj(i -> spinners.send(function, Errand.rounds(ENDLESS)))
                        .toList();
        awaitRunning(function, 2);
        assertThat(function.stats().queued()).isEqualTo(2);
        runs.get(0).cancel();
        runs.get(1).cancel();
        Awaitility.await().until(() -> function.stats().runs() == 2);
        awaitRunning(function, 2);
        runs.forEach(Run::cancel);
    }

    @Test
    void aFloodAtOneFunctionDelaysAnotherByNoMoreThanATurn() {
        try (Spinners one = new Spinners(1, 1L << 30, GuestThread::new)) {
            FunctionPool flooded = one.open(Spinners.limits(LONG, LONG, 1, 1000));
            FunctionPool other = one.open(Spinners.LIMITS);
            int rounds = one.rounds(Duration.ofMillis(2));
            List<Errand> flood = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                flood.add(Errand.rounds(rounds));
                one.send(flooded, flood.getLast());
            }
            Errand late = Errand.rounds(1);
            one.send(other, late);
            late.await();
            long done = flood.stream().filter(Errand::isFinished).count();
            assertThat(done).as("runs of the flood before the late one").isLessThan(100);
            flood.forEach(Errand::await);
        }
    }

    @Test
    void aRunIsTickedWhileItGoesOnAndNotAfterwards() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        Errand endless = Errand.rounds(ENDLESS);
        Run run = spinners.send(function, endless);
        Awaitility.await().until(() -> endless.ticks() > 3);
        run.cancel();
        endless.await();
        spinners.close();
        endless.assertFinishedOnce();
    }

    @Test
    void aRunWhoseTickThrowsIsEnded() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        var errand =
                new Errand(Errand.bytes(ENDLESS)) {
                    @Override
                    public void tick(long nanoTime) {
                        throw new IllegalStateException("tick");
                    }
                };
        spinners.send(function, errand);
        assertThat(errand.outcome()).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void aThreadOutlivesWhateverAnInvocationThrows() {
        FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 1, 10));
        for (int i = 0; i < 10; i++) {
            Errand broken =
                    new Errand(new byte[4]) {
                        @Override
                        public int read(byte[] into, int offset, int length) {
                            throw new AssertionError("read");
                        }

                        @Override
                        public void finished(Outcome outcome, Evidence evidence) {
                            super.finished(outcome, evidence);
                            throw new AssertionError("finished");
                        }
                    };
            spinners.send(function, broken);
            assertThat(broken.outcome()).isInstanceOf(Outcome.Broken.class);
        }
        Errand innocent = Errand.rounds(1);
        spinners.send(function, innocent);
        assertThat(innocent.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(spinners.livingThreads()).isEqualTo(Spinners.THREADS);
    }

    @Test
    void aTrappedRunsSandboxIsNotUsedAgain() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        Errand trapped = Errand.rounds(1);
        function.submit(trapped, "trap");
        spinners.runtime().wake();
        assertThat(trapped.outcome()).isInstanceOf(Outcome.Trapped.class);
        assertThat(function.stats().discards()).isEqualTo(1);
    }

    @Test
    void aHostCallThatLosesTheInterruptIsInterruptedAgain() {
        FunctionPool function = spinners.open(Spinners.limits(Duration.ofMillis(10), LONG, 1, 10));
        var losses = new AtomicInteger();
        var deaf =
                new Errand(Errand.bytes(ENDLESS)) {
                    @Override
                    public int read(byte[] into, int offset, int length)
                            throws InterruptedException {
                        while (losses.get() < 3) {
                            LockSupport.park(this);
                            losses.addAndGet(Thread.interrupted() ? 1 : 0);
                        }
                        return super.read(into, offset, length);
                    }
                };
        spinners.send(function, deaf);
        assertThat(deaf.outcome()).isInstanceOf(Outcome.DeadlineExceeded.class);
    }

    @Test
    void aRunThatWaitsForItsInputIsEndedByDeadlineAndCancellation() {
        Duration limit = Duration.ofMillis(30);
        FunctionPool hasty = spinners.open(Spinners.limits(limit, LONG, 1, 10));
        FunctionPool patient = spinners.open(Spinners.LIMITS);
        Errand late = waitingForInput();
        Errand left = waitingForInput();
        spinners.send(hasty, late);
        Run run = spinners.send(patient, left);
        assertThat(late.outcome()).isEqualTo(new Outcome.DeadlineExceeded(limit));
        awaitRunning(patient, 1);
        run.cancel();
        assertThat(left.outcome()).isEqualTo(new Outcome.Cancelled());
    }

    private static Errand waitingForInput() {
        return new Errand(new byte[4]) {
            @Override
            public int read(byte[] into, int offset, int length) throws InterruptedException {
                new CountDownLatch(1).await();
                return -1;
            }
        };
    }

    @Test
    @Tag("limit:function.limits.stack")
    void aFunctionRunsOnThreadsWithTheStackItAskedFor() {
        FunctionPool shallow = spinners.open(withStack(256 << 10));
        FunctionPool deep = spinners.open(withStack(32 << 20));
        int depth = 20_000;
        assertThat(dive(shallow, depth)).isInstanceOf(Outcome.Trapped.class);
        assertThat(dive(deep, depth)).isEqualTo(new Outcome.Exited(0));
        assertThat(dive(shallow, 10)).isEqualTo(new Outcome.Exited(0));
        assertThat(spinners.livingThreads()).isEqualTo(2 * Spinners.THREADS);
    }

    private Outcome dive(FunctionPool function, int depth) {
        Errand errand = Errand.rounds(depth);
        function.submit(errand, "dive");
        spinners.runtime().wake();
        return errand.outcome();
    }

    private static Limits withStack(long stackBytes) {
        return Spinners.limits(LONG, LONG, 1, 10, stackBytes);
    }

    @Test
    void aLongRunAfterManyShortOnesDoesNotHoldUpThoseBehindIt() {
        FunctionPool function = spinners.open(Spinners.LIMITS);
        for (int i = 0; i < 200; i++) {
            Errand brief = Errand.rounds(1);
            spinners.send(function, brief);
            brief.await();
        }
        // In one batch, which wakes one thread: it has no reason to expect the long run.
        Errand endless = Errand.rounds(ENDLESS);
        Run first = function.submit(endless);
        List<Errand> behind = IntStream.range(0, 10).mapToObj(Errand::rounds).toList();
        behind.forEach(function::submit);
        spinners.runtime().wake();
        behind.forEach(Errand::await);
        assertThat(endless.isFinished()).isFalse();
        first.cancel();
    }

    private static void awaitRunning(FunctionPool function, int count) {
        Awaitility.await().until(() -> function.stats().runningSandboxes() == count);
    }
}
