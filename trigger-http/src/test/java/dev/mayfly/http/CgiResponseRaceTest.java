package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.ScriptedFunction.Guest;
import dev.mayfly.pool.Outcome;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The guest's thread writes while the clock's thread sends what was held long enough. */
class CgiResponseRaceTest {
    private static final int RUNS = 300;
    private static final int PIECES = 200;

    @Test
    void aTickAtAnyMomentLosesAndDoublesNothing() throws Exception {
        HttpTrigger trigger = TestApp.any(CgiResponseRaceTest::writeWhileTicked).trigger();
        String expected = "0123456789".repeat(PIECES);
        int flowed = 0;
        for (int run = 0; run < RUNS; run++) {
            TestExchange exchange = new TestExchange(get("/"));
            trigger.handle(exchange);
            assertThat(exchange.await().text()).isEqualTo(expected);
            flowed += exchange.flowed() ? 1 : 0;
        }
        assertThat(flowed).isPositive();
    }

    private static Outcome writeWhileTicked(Guest guest) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch ticking = new CountDownLatch(1);
        Thread clock =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!ended.get()) {
                                guest.invocation().tick(System.nanoTime() + 20_000_000);
                                ticking.countDown();
                            }
                        });
        ticking.await();
        guest.write("Content-Type: text/plain\n\n");
        for (int i = 0; i < PIECES; i++) {
            guest.write("0123456789");
        }
        ended.set(true);
        clock.join();
        return new Outcome.Exited(0);
    }
}
