package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs race with what closes functions and the runtime under them. */
class LifecycleStressTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void aReloadNeverCostsARunThatRetainedTheFunction() throws InterruptedException {
        try (Spinners spinners = new Spinners()) {
            var current = new AtomicReference<>(spinners.open(Spinners.LIMITS));
            var stopped = new AtomicBoolean();
            List<Sender> senders =
                    Stream.generate(() -> new Sender(spinners, current, stopped, random.nextLong()))
                            .limit(3)
                            .toList();
            for (int i = 0; i < 300; i++) {
                spin(random.nextInt(300_000));
                current.getAndSet(spinners.open(Spinners.LIMITS)).close();
            }
            stopped.set(true);
            List<Errand> sent = new ArrayList<>();
            for (Sender each : senders) {
                each.join();
                sent.addAll(each.sent);
            }
            assertThat(sent).hasSizeGreaterThan(300);
            assertThat(sent)
                    .as("seed %d", seed)
                    .allMatch(each -> each.outcome().equals(new Outcome.Exited(0)));
            current.get().close();
            assertAllFreed(spinners, sent);
        }
    }

    @Test
    void aDrainAndADeadlineEndEachRunOnce() throws InterruptedException {
        try (Spinners spinners = new Spinners()) {
            int perMilli = spinners.rounds(Duration.ofMillis(1));
            List<Errand> sent = new ArrayList<>();
            for (int round = 0; round < 200; round++) {
                FunctionPool function =
                        spinners.open(Spinners.limits(Duration.ofMillis(1), LONG, 4, 50));
                for (int i = 0; i < 8; i++) {
                    Errand errand = Errand.rounds(perMilli / 2 + random.nextInt(perMilli));
                    sent.add(errand);
                    spinners.send(function, errand);
                }
                spin(random.nextInt(2_000_000));
                function.close();
            }
            assertThat(sent)
                    .as("seed %d", seed)
                    .allMatch(each ->
                            each.outcome() instanceof Outcome.Exited
                                    || each.outcome() instanceof Outcome.DeadlineExceeded
                                    || each.outcome() instanceof Outcome.Refused);
            assertAllFreed(spinners, sent);
        }
    }

    @Test
    void aCloseWhileSparesStartAndGoLeavesNoThread() throws InterruptedException {
        for (int round = 0; round < 60; round++) {
            Spinners spinners = new Spinners(2, 6, 1L << 30, GuestThread::new, MemoryBudget::new);
            List<Errand> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                FunctionPool function = spinners.open(Spinners.limits(LONG, LONG, 4, 50));
                sent.add(new Waiter());
                spinners.send(function, sent.getLast());
                spin(random.nextInt(1_000_000));
            }
            sent.stream().filter(each -> random.nextBoolean()).forEach(LifecycleStressTest::letGo);
            spin(random.nextInt(4_000_000));
            spinners.close();
            assertAllFreed(spinners, sent);
        }
    }

    private static void letGo(Errand errand) {
        ((Waiter) errand).letGo();
    }

    private void assertAllFreed(Spinners spinners, List<Errand> sent) {
        spinners.close();
        sent.forEach(Errand::await);
        sent.forEach(Errand::assertFinishedOnce);
        assertThat(spinners.livingThreads()).as("threads, seed %d", seed).isZero();
        assertThat(spinners.runtime().budget().used()).as("budget, seed %d", seed).isZero();
    }

    private static void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /** Sends to the function of the moment, as a trigger does. */
    private static final class Sender extends Thread {
        private final Spinners spinners;
        private final AtomicReference<FunctionPool> current;
        private final AtomicBoolean stopped;
        private final Random random;
        private final List<Errand> sent = new ArrayList<>();

        Sender(
                Spinners spinners,
                AtomicReference<FunctionPool> current,
                AtomicBoolean stopped,
                long seed) {
            this.spinners = spinners;
            this.current = current;
            this.stopped = stopped;
            random = new Random(seed);
            start();
        }

        @Override
        public void run() {
            while (!stopped.get()) {
                FunctionPool function = current.get();
                if (function.retain()) {
                    var errand = new Retaining(function, random.nextInt(10_000));
                    sent.add(errand);
                    spinners.send(function, errand);
                    errand.await();
                }
            }
        }
    }

    /** Releases the function at its end. */
    private static final class Retaining extends Errand {
        private final FunctionPool function;

        Retaining(FunctionPool function, int rounds) {
            super(bytes(rounds));
            this.function = function;
        }

        @Override
        public void finished(Outcome outcome, Evidence evidence) {
            function.release();
            super.finished(outcome, evidence);
        }
    }
}
