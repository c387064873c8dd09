package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ENDLESS = Integer.MAX_VALUE;

    @Test
    void aRunThatTakesLongHoldsNobodyUpInAFunctionWhoseRunsWereShort() {
        try (Spinners spinners = new Spinners(4, 1L << 30, GuestThread::new)) {
            FunctionPool pool = spinners.open(Spinners.LIMITS);
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 200; i++) {
                    Errand quick = Errand.rounds(1);
                    spinners.send(pool, quick);
                    assertThat(quick.outcome()).isEqualTo(new Outcome.Exited(0));
                }
                Errand endless = Errand.rounds(ENDLESS);
                Run held = spinners.send(pool, endless);
                Errand behind = Errand.rounds(1);
                spinners.send(pool, behind);
                assertThat(behind.outcome()).isEqualTo(new Outcome.Exited(0));
                held.cancel();
                assertThat(endless.outcome()).isEqualTo(new Outcome.Cancelled());
            }
        }
    }

    @Test
    void longRunsOnEveryProcessorLeaveTheOtherThreadsToTheRestOfTheWork() {
        int hogs = Runtime.getRuntime().availableProcessors() + 1;
        try (Spinners spinners = new Spinners(hogs + 2, 1L << 30, GuestThread::new)) {
            List<FunctionPool> greedy =
                    IntStream.range(0, hogs).mapToObj(i -> spinners.open(Spinners.LIMITS)).toList();
            FunctionPool other = spinners.open(Spinners.LIMITS);
            List<Run> held =
                    greedy.stream()
                            .map(each -> spinners.send(each, Errand.rounds(ENDLESS)))
                            .toList();
            for (FunctionPool each : greedy) {
                Awaitility.await().until(() -> each.stats().runningSandboxes() == 1);
            }
            for (int i = 0; i < 50; i++) {
                Errand quick = Errand.rounds(1);
                spinners.send(other, quick);
                assertThat(quick.outcome()).isEqualTo(new Outcome.Exited(0));
            }
            held.forEach(Run::cancel);
        }
    }

    @Test
    void aTurnThatWaitsWhileEveryThreadIsBusyIsTakenWithoutAnotherWake() {
        int size = Runtime.getRuntime().availableProcessors() + 2;
        try (Spinners spinners = new Spinners(size, 1L << 30, GuestThread::new)) {
            List<FunctionPool> functions =
                    IntStream.range(0, size).mapToObj(i -> spinners.open(Spinners.LIMITS)).toList();
            List<Run> held =
                    functions.stream().map(each -> each.submit(Errand.rounds(ENDLESS))).toList();
            spinners.runtime().wake();
            for (FunctionPool each : functions) {
                Awaitility.await().until(() -> each.stats().runningSandboxes() == 1);
            }
            held.forEach(Run::cancel);
        }
    }

    /**
     * On the one thread that is free, with two turns of the flooded function before the other's.
     */
    @Test
    void shortRunsOfOneFunctionLetAnotherOneInAfterAFew() {
        try (Spinners two = new Spinners(2, 1L << 30, GuestThread::new)) {
            FunctionPool gate = two.open(Spinners.LIMITS);
            FunctionPool flooded = two.open(Spinners.limits(LONG, LONG, 2, 5000));
            FunctionPool other = two.open(Spinners.LIMITS);
            warmUp(two, flooded);
            Run closed = two.send(gate, Errand.rounds(ENDLESS));
            Run stays = two.send(gate, Errand.rounds(ENDLESS));
            Awaitility.await().until(() -> gate.stats().runningSandboxes() == 2);
            var done = new AtomicInteger();
            List<Errand> flood = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                flood.add(counting(done));
                flooded.submit(flood.getLast());
            }
            var before = new AtomicInteger(-1);
            Errand late = noting(done, before);
            other.submit(late);
            closed.cancel();
            late.await();
            assertThat(before.get()).isBetween(0, 64);
            flood.forEach(Errand::await);
            stays.cancel();
        }
    }

    private static void warmUp(Spinners spinners, FunctionPool function) {
        for (int i = 0; i < 300; i++) {
            Errand brief = Errand.rounds(1);
            spinners.send(function, brief);
            brief.await();
        }
    }

    private static Errand counting(AtomicInteger done) {
        return new Errand(Errand.bytes(1)) {
            @Override
            public void finished(Outcome outcome, Evidence evidence) {
                done.incrementAndGet();
                super.finished(outcome, evidence);
            }
        };
    }

    private static Errand noting(AtomicInteger done, AtomicInteger before) {
        return new Errand(Errand.bytes(1)) {
            @Override
            public void finished(Outcome outcome, Evidence evidence) {
                before.set(done.get());
                super.finished(outcome, evidence);
            }
        };
    }
}
