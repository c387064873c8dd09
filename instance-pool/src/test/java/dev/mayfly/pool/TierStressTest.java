package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moves between the tiers race with runs, with each other and with the end of the function. */
class TierStressTest {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final long FAR = Duration.ofHours(1).toNanos();

    private final long seed = System.nanoTime();
    private final Spinners spinners = new Spinners();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void aFunctionInUseIsNeverMoved() throws Exception {
        List<Watched> functions = open(5);
        var over = new AtomicBoolean();
        Thread mover =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                spinners.runtime().keeper().look(System.nanoTime() + FAR);
                            }
                        });
        Thread evictor =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                functions.forEach(each -> each.pool.residence().evict());
                            }
                        });
        sendAtRandom(functions, 20_000);
        over.set(true);
        mover.join();
        evictor.join();
        assertThat(broken).as("seed %d", seed).isEmpty();
        assertThat(
                        functions.stream()
                                .mapToLong(each -> each.pool.stats().turnover().wakeUps())
                                .sum())
                .as("the moves were made")
                .isGreaterThan(50);
        functions.forEach(each -> each.pool.close());
        assertThat(spinners.runtime().budget().used()).as("seed %d", seed).isZero();
    }

    @Test
    void whoeverClosesAFunctionOnItsWayUpOrDownFindsNothingLeftOfIt() throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Watched function = open(1).getFirst();
            spinners.runtime().keeper().look(System.nanoTime() + FAR);
            int spins = random.nextInt(20_000);
            Thread closer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < spins; i++) {
                                    Thread.onSpinWait();
                                }
                                function.pool.close();
                            });
            for (int i = 0; i < 20; i++) {
                if (function.pool.retain()) {
                    Errand errand = function.errand();
                    spinners.send(function.pool, errand);
                    function.pool.residence().evict();
                    expectSuccess(errand);
                    function.pool.release();
                }
            }
            closer.join();
        }
        spinners.close();
        assertThat(broken).as("seed %d", seed).isEmpty();
        assertThat(spinners.runtime().budget().used()).as("seed %d", seed).isZero();
    }

    private List<Watched> open(int count) {
        List<Watched> functions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            functions.add(new Watched());
        }
        return functions;
    }

    private void sendAtRandom(List<Watched> functions, int count) {
        var random = new Random(seed);
        List<Errand> underWay = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Watched to = functions.get(random.nextInt(functions.size()));
            Errand errand = to.errand();
            spinners.send(to.pool, errand);
            underWay.add(errand);
            if (random.nextInt(8) == 0) {
                underWay.forEach(this::expectSuccess);
                underWay.clear();
            }
        }
        underWay.forEach(this::expectSuccess);
    }

    private void expectSuccess(Errand errand) {
        if (!errand.outcome().equals(new Outcome.Exited(0))) {
            broken.add("a run ended as " + errand.outcome());
        }
    }

    /** A function that tells when it is woken twice at once, or moved under a run. */
    private final class Watched {
        private final AtomicInteger waking = new AtomicInteger();
        private final FunctionPool pool =
                spinners.tryOpen(
                                Specs.of(Spinners.LIMITS, new FunctionSpec.Pool(IDLE, 0)),
                                this::wake)
                        .orElseThrow();

        Loading wake() {
            if (waking.incrementAndGet() > 1 || pool.residence().tier() != Tier.COLD) {
                broken.add("a second wake-up");
            }
            waking.decrementAndGet();
            return Spinners.woken();
        }

        /** Looks where its function is while it runs. */
        Errand errand() {
            return new Errand(Errand.bytes(1)) {
                @Override
                public int read(byte[] into, int offset, int length) throws InterruptedException {
                    Tier tier = pool.residence().tier();
                    if (tier != Tier.HOT) {
                        broken.add("a run found its function " + tier);
                    }
                    return super.read(into, offset, length);
                }
            };
        }
    }
}
