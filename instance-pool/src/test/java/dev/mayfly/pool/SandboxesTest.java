package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever brings a sandbox back is never kept, however many there are. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SandboxesTest {
    private static final int MOST = 3;
    private static final int ROUNDS = 300_000;

    private final Spinners spinners = new Spinners();
    private final Sandboxes sandboxes =
            new Sandboxes(
                    new FunctionId("app", 0, "tested"),
                    MOST,
                    new MemoryBudget(1L << 30),
                    new Tallies(spinners.open(Spinners.LIMITS).residence(), new Census()));

    @BeforeEach
    void furnish() {
        sandboxes.furnish(Spinners.snapshot());
    }

    @AfterEach
    void close() {
        spinners.close();
    }

    @Test
    void aSandboxThatFindsNoRoomWhenItComesBackIsFreed() {
        List<PooledSandbox> leased = new ArrayList<>();
        for (int i = 0; i <= MOST; i++) {
            leased.add(sandboxes.lease(i));
        }
        assertThat(sandboxes.live()).isEqualTo(MOST + 1);
        for (PooledSandbox each : leased) {
            sandboxes.giveBack(each, 0);
        }
        assertThat(sandboxes.idle()).isEqualTo(MOST);
        assertThat(sandboxes.live()).isEqualTo(MOST);
    }

    @Test
    void asManyThreadsAsThereAreSlotsLeaseAndBringBackAndNoneIsKept() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(MOST)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                int number = i;
                all.add(threads.submit(() -> leaseAndBringBack(number)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(sandboxes.idle()).isEqualTo(sandboxes.live()).isLessThanOrEqualTo(MOST);
    }

    private void leaseAndBringBack(int number) {
        for (int i = 0; i < ROUNDS; i++) {
            PooledSandbox leased = sandboxes.lease(number);
            if (leased != null) {
                sandboxes.giveBack(leased, number);
            }
        }
    }
}
