package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LingeringTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Lingering lingering = new Lingering(true, now::get);

    /** Counts who asks, and has nothing. */
    private @Nullable String nothing() {
        ask();
        return null;
    }

    /** Counts who asks, and has something at once. */
    private String something() {
        ask();
        return "work";
    }

    private int ask() {
        now.addAndGet(Lingering.NANOS / 10);
        return asked.incrementAndGet();
    }

    /** How many of so many looks were taken. */
    private int taken(int looks, Supplier<@Nullable String> source) {
        int taken = 0;
        for (int i = 0; i < looks; i++) {
            int before = asked.get();
            lingering.look(source);
            taken += asked.get() > before ? 1 : 0;
        }
        return taken;
    }

    @Test
    void whatComesWhileItLooksIsFound() {
        assertThat(lingering.look(() -> ask() == 3 ? "work" : null)).isEqualTo("work");
    }

    @Test
    void aLookInVainEnds() {
        assertThat(lingering.<String>look(this::nothing)).isNull();
        assertThat(asked).hasValue(10);
    }

    @Test
    void looksInVainAreLeftOutMoreAndMore() {
        assertThat(taken(1 + 1 + 1 + 3 + 1, this::nothing)).isEqualTo(3);
        assertThat(taken(20 * (Patience.MOST_LEFT_OUT + 1), this::nothing)).isBetween(20, 30);
    }

    @Test
    void aFindHasTheNextLookTaken() {
        taken(1000, this::nothing);
        assertThat(taken(Patience.MOST_LEFT_OUT + 1, this::something)).isPositive();
        assertThat(taken(10, this::something)).isEqualTo(10);
    }

    @Test
    void aLookThatOthersPausedCountsAsManyInVain() {
        lingering.look(() -> {
            now.addAndGet(Lingering.NANOS + Lingering.PAUSE_NANOS);
            return "work";
        });
        assertThat(taken(Patience.MOST_LEFT_OUT, this::something)).isZero();
        assertThat(taken(1, this::something)).isOne();
    }

    @Test
    void oneThreadLooksAtATime() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread first =
                Thread.ofPlatform()
                        .start(() ->
                                lingering.look(() -> {
                                    looks.countDown();
                                    awaitQuietly(enough);
                                    return "work";
                                }));
        looks.await();
        assertThat(taken(10, this::something)).isZero();
        enough.countDown();
        first.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nobodyLooksWhereItIsOff() {
        assertThat(new Lingering(false, now::get).<String>look(this::something)).isNull();
        assertThat(asked.get()).isZero();
    }
}
