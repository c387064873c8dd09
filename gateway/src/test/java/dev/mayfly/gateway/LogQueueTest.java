package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No entry stays behind while the writer goes to rest. */
@Timeout(60)
class LogQueueTest {
    private final LogQueue queue = new LogQueue();

    private static LogEntry entry(long number) {
        return new LogEntry.Dropped(Instant.EPOCH, number);
    }

    /** Each entry may come at any moment of the reader's way to its rest, and must end that. */
    @Test
    void anEntryEndsTheRestWheneverItComes() throws Exception {
        AtomicLong read = new AtomicLong(-1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> reader =
                    threads.submit(() -> {
                        while (read.get() < 100_000) {
                            queue.rest();
                            read.set(drain(read.get()));
                        }
                        return true;
                    });
            for (long i = 0; i <= 100_000; i++) {
                queue.add(entry(i));
                while (read.get() < i) {
                    Thread.onSpinWait();
                }
            }
            assertThat(reader.get()).isTrue();
        }
    }

    private long drain(long before) {
        long last = before;
        for (@Nullable LogEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
            last = ((LogEntry.Dropped) entry).count();
        }
        return last;
    }

    @Test
    void ofManyWhoAddAllIsReadOnceAndInEachOnesOrder() throws Exception {
        int writers = 4;
        int each = 1000; // together fewer than find room
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> adding = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long first = writer * 1_000_000L;
                adding.add(
                        threads.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                queue.add(entry(first + i));
                            }
                        }));
            }
            long[] next = {0, 1_000_000, 2_000_000, 3_000_000};
            for (int i = 0; i < writers * each; i++) {
                @Nullable LogEntry entry = queue.poll();
                while (entry == null) {
                    queue.rest();
                    entry = queue.poll();
                }
                long number = ((LogEntry.Dropped) entry).count();
                assertThat(number).isEqualTo(next[(int) (number / 1_000_000)]++);
            }
            for (Future<?> one : adding) {
                one.get();
            }
        }
        assertThat(queue.poll()).isNull();
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void anInterruptEndsBothKindsOfWaiting() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::rest);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::gather);
        assertThat(Thread.interrupted()).isFalse();
    }
}
