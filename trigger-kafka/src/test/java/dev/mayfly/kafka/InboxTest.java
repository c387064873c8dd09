package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Notes from other threads, and who wakes the loop. */
final class InboxTest {
    private final Inbox inbox = new Inbox();
    private final List<Integer> read = new ArrayList<>();
    private int woken;

    private Note note(int number) {
        return new Note() {
            @Override
            void arrived() {
                read.add(number);
            }
        };
    }

    @Test
    void notesAreReadOldestFirst() {
        for (int i = 0; i < 5; i++) {
            inbox.put(note(i), false);
        }
        assertThat(inbox.take()).isTrue();
        assertThat(read).containsExactly(0, 1, 2, 3, 4);
        assertThat(inbox.take()).isFalse();
    }

    @Test
    void aLoopThatPollsIsWokenOnceByEnoughNotesOrByAnUrgentOne() {
        inbox.belongTo(() -> woken++);
        assertThat(inbox.lieDown(3)).isTrue();
        inbox.put(note(0), false);
        inbox.put(note(1), false);
        assertThat(woken).isZero();
        inbox.put(note(2), false);
        inbox.put(note(3), false);
        assertThat(woken).isEqualTo(1);
        inbox.rise();
        inbox.take();
        assertThat(inbox.lieDown(3)).isTrue();
        inbox.put(note(4), true);
        assertThat(woken).isEqualTo(2);
    }

    @Test
    void aLoopWithEnoughNotesDoesNotLieDown() {
        inbox.belongTo(() -> woken++);
        inbox.put(note(0), false);
        assertThat(inbox.lieDown(2)).isTrue();
        inbox.rise();
        assertThat(inbox.lieDown(1)).isFalse();
    }

    @Test
    void noNoteOfManyThreadsIsLostAndNoWakeUpIsMissed() throws Exception {
        int threads = 4;
        int each = 20_000;
        CountDownLatch go = new CountDownLatch(1);
        Thread[] putters = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            int from = t * each;
            putters[t] = Thread.ofPlatform().start(() -> putAll(go, from, each));
        }
        inbox.belongTo(() -> {});
        go.countDown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (read.size() < threads * each && System.nanoTime() - end < 0) {
            inbox.take();
            if (read.size() < threads * each) {
                inbox.park(TimeUnit.SECONDS.toNanos(60));
            }
        }
        for (Thread putter : putters) {
            putter.join();
        }
        assertThat(read).hasSize(threads * each).doesNotHaveDuplicates();
    }

    private void putAll(CountDownLatch go, int from, int count) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = from; i < from + count; i++) {
            inbox.put(note(i), false);
        }
    }
}
