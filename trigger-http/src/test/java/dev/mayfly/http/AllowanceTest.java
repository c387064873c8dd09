package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.Allowance.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void asManyAsAllowedMayComeAtOnceAndNotOneMore() {
        for (int requests : new int[] {1, 3, 7, 1_000, 999_983}) {
            Allowance allowance = new Allowance(requests, 1_000_000);
            AtomicLong caller = new AtomicLong(5);
            for (int i = requests - 1; i >= 0; i--) {
                assertThat(allowance.take(caller, 5)).matches(Verdict::passed);
            }
            assertThat(allowance.take(caller, 5)).matches(v -> !v.passed() && v.remaining() == 0);
        }
    }

    @Test
    void aVerdictTellsHowManyAreLeftAndWhenThereIsOneMore() {
        Allowance allowance = new Allowance(2, 4 * SECOND);
        AtomicLong caller = new AtomicLong(0);
        assertThat(allowance.take(caller, 0)).isEqualTo(new Verdict(true, 1, 2 * SECOND));
        assertThat(allowance.take(caller, 0)).isEqualTo(new Verdict(true, 0, 2 * SECOND));
        assertThat(allowance.take(caller, SECOND)).isEqualTo(new Verdict(false, 0, SECOND));
        assertThat(allowance.take(caller, 2 * SECOND)).isEqualTo(new Verdict(true, 0, 2 * SECOND));
        assertThat(allowance.take(caller, 100 * SECOND).remaining()).isEqualTo(1);
    }

    @Test
    void theClockMayPassTheEndOfItsRange() {
        Allowance allowance = new Allowance(2, 10);
        AtomicLong caller = new AtomicLong(Long.MAX_VALUE - 1);
        assertThat(allowance.take(caller, Long.MAX_VALUE - 1).passed()).isTrue();
        assertThat(allowance.take(caller, Long.MAX_VALUE).passed()).isTrue();
        assertThat(allowance.take(caller, Long.MIN_VALUE).passed()).isFalse();
        assertThat(allowance.take(caller, Long.MIN_VALUE + 8).passed()).isTrue();
    }

    @Test
    void theLongestTimeAndTheMostRequestsDoNotOverflow() {
        Allowance longest = new Allowance(Integer.MAX_VALUE, 999_999L * 3600 * SECOND);
        AtomicLong caller = new AtomicLong(0);
        assertThat(longest.take(caller, 0)).matches(v -> v.passed() && v.remaining() > 1 << 30);
        Allowance fastest = new Allowance(Integer.MAX_VALUE, 1_000_000);
        assertThat(fastest.take(new AtomicLong(0), 0)).matches(Verdict::passed);
    }

    /** Against the plain bucket it stands for: tokens that drop in one by one. */
    @Test
    void itPassesWhatABucketOfTokensPasses() {
        long seed = Long.getLong("mayfly.fuzz.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int requests = 1 + random.nextInt(6);
            long interval = 1L + random.nextInt(50);
            compare(requests, interval, random, "seed " + seed + " round " + round);
        }
    }

    private static void compare(int requests, long interval, Random random, String where) {
        Allowance allowance = new Allowance(requests, interval * requests);
        AtomicLong caller = new AtomicLong(0);
        Deque<Long> spent = new ArrayDeque<>();
        for (long now = 0, i = 0; i < 100; i++, now += random.nextInt(40)) {
            while (!spent.isEmpty() && spent.peek() <= now) {
                spent.poll();
            }
            boolean free = spent.size() < requests;
            assertThat(allowance.take(caller, now).passed()).as(where).isEqualTo(free);
            if (free) {
                spent.add((spent.isEmpty() ? now : spent.peekLast()) + interval);
            }
        }
    }

    @Test
    void callersAtTheSameMomentShareTheAllowanceExactly() throws Exception {
        Allowance allowance = new Allowance(1_000, 3600 * SECOND);
        AtomicLong caller = new AtomicLong(0);
        AtomicInteger passed = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().start(() -> takeMany(allowance, caller, passed));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(passed).hasValue(1_000);
    }

    private static void takeMany(Allowance allowance, AtomicLong caller, AtomicInteger passed) {
        for (int i = 0; i < 1_000; i++) {
            if (allowance.take(caller, 0).passed()) {
                passed.incrementAndGet();
            }
        }
    }
}
