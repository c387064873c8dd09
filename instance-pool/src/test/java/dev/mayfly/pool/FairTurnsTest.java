package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However many runs wait at other functions, a run is behind one of each of them at most. */
class FairTurnsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int LATE = 10;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Keeps its turn as long as the function has runs. */
    private static final class SelfishThread extends GuestThread {
        SelfishThread(Crew crew, int number, String name, long stackBytes) {
            super(crew, number, name, stackBytes);
        }

        @Override
        boolean othersWait() {
            return false;
        }
    }

    @Test
    void floodsAtOtherFunctionsDelayARunByOneTurnEach() {
        for (int round = 0; round < 20; round++) {
            assertThat(worstExcess(GuestThread::new)).as("seed %d", seed).isNotPositive();
        }
    }

    @Test
    void aThreadThatKeptItsTurnWouldBeNoticed() {
        assertThat(worstExcess(SelfishThread::new)).isPositive();
    }

    /** By how many runs of the floods a late run was delayed more than it may be; on one thread. */
    private int worstExcess(Crews.Recruiter recruiter) {
        try (Spinners one = new Spinners(1, 1L << 30, recruiter)) {
            int functions = 1 + random.nextInt(6);
            FunctionPool victim = one.open(Spinners.LIMITS);
            int rounds = 20_000 + random.nextInt(100_000);
            var done = new AtomicInteger();
            List<Errand> flood = flood(one, functions, rounds, done);
            one.runtime().wake();
            // One turn of each, and the run that goes on when the late one comes.
            int most = functions + 1;
            int worst = IntStream.range(0, LATE).map(i -> delay(one, victim, done)).max().orElse(0);
            flood.forEach(Errand::await);
            return worst - most;
        }
    }

    private List<Errand> flood(Spinners one, int functions, int rounds, AtomicInteger done) {
        List<Errand> flood = new ArrayList<>();
        for (int i = 0; i < functions; i++) {
            FunctionPool flooded = one.open(Spinners.limits(LONG, LONG, 1, 1000));
            int runs = 100 + random.nextInt(200);
            for (int run = 0; run < runs; run++) {
                var errand = new Counted(rounds, done);
                flooded.submit(errand);
                flood.add(errand);
            }
        }
        return flood;
    }

    private static int delay(Spinners one, FunctionPool victim, AtomicInteger done) {
        var late = new Counted(1, done);
        one.send(victim, late);
        // Read afterwards: what ended while this thread was off its processor does not count.
        int before = done.get();
        late.await();
        return late.position() - before;
    }

    /** Notes how many ended before it. */
    private static final class Counted extends Errand {
        private final AtomicInteger done;
        private volatile int position;

        Counted(int rounds, AtomicInteger done) {
            super(bytes(rounds));
            this.done = done;
        }

        int position() {
            return position;
        }

        @Override
        public void finished(Outcome outcome, Evidence evidence) {
            position = done.getAndIncrement();
            super.finished(outcome, evidence);
        }
    }
}
