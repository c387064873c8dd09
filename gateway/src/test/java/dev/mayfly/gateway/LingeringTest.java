package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LingeringTest {
    private static final IntSupplier NO_SOCKET = () -> 0;

    private final WatchedTransport transport = new WatchedTransport(channel -> {});
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
    private final EventLoop thread = group.next();
    private final Loop loop = new Loop(thread, () -> {}, BookShelf.ofNothing().open());

    @AfterEach
    void end() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** At random moments, so that the loop lingers at some, sleeps at others, and turns over. */
    @Test
    void everyAnswerIsSentWhateverTheLoopDoesWhenItIsPosted() {
        transport.linger(thread, loop);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicInteger sent = new AtomicInteger();
        for (int i = 1; i <= 20_000; i++) {
            loop.post(sent::incrementAndGet);
            int posted = i;
            Awaitility.await("answer " + i + " of seed " + seed)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofNanos(1000))
                    .until(() -> sent.get() == posted);
            LockSupport.parkNanos(random.nextInt(4) == 0 ? random.nextInt(60_000) : 0);
        }
    }

    @Test
    void anAnswerThatComesWhileItLooksIsSentAtOnce() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Lingering lingering = new Lingering();
        lingering.bind(loop);
        int ready = lingering.calculateStrategy(() -> posted(sent), false);
        assertThat(ready).isZero();
        assertThat(sent).hasValue(1);
    }

    private int posted(AtomicInteger sent) {
        loop.post(sent::incrementAndGet);
        return 0;
    }

    @Test
    void aSocketThatIsReadyEndsTheLook() throws Exception {
        Lingering lingering = new Lingering();
        lingering.bind(loop);
        assertThat(lingering.calculateStrategy(() -> 3, false)).isEqualTo(3);
    }

    @Test
    void afterALookInVainTheLoopSleeps() throws Exception {
        Lingering lingering = new Lingering();
        lingering.bind(loop);
        for (int i = 0; i < 10; i++) {
            assertThat(lingering.calculateStrategy(NO_SOCKET, false))
                    .isEqualTo(SelectStrategy.SELECT);
        }
    }

    @Test
    void looksInVainAreLeftOutMoreAndMore() throws Exception {
        Lingering lingering = new Lingering();
        lingering.bind(loop);
        AtomicInteger looks = new AtomicInteger();
        int before = 0;
        int taken = 0;
        for (int i = 0; i < 640; i++) {
            lingering.calculateStrategy(() -> 0 * looks.incrementAndGet(), false);
            taken += looks.get() > before ? 1 : 0;
            before = looks.get();
        }
        assertThat(taken).isBetween(10, 20);
    }

    @Test
    void withTasksOrWithoutALoopThereIsNoLook() throws Exception {
        Lingering unbound = new Lingering();
        assertThat(unbound.calculateStrategy(() -> 5, false)).isEqualTo(SelectStrategy.SELECT);
        assertThat(unbound.calculateStrategy(() -> 5, true)).isEqualTo(5);
    }
}
