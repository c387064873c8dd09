package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code runtime.max_blocked}: guests that wait, or compute for long, are stood in for. */
class SparesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final int THREADS = 2;

    @Test
    void guestsThatWaitOnEveryThreadDoNotStopOthers() {
        try (Spinners spinners = spinners(8)) {
            FunctionPool sleepers = spinners.open(Spinners.limits(LONG, LONG, 8, 100));
            FunctionPool other = spinners.open(Spinners.LIMITS);
            List<Waiter> waiters = send(spinners, sleepers, 8);
            Awaitility.await().until(() -> waiters.stream().allMatch(Waiter::hasBegun));
            Errand quick = Errand.rounds(1);
            spinners.send(other, quick);
            assertThat(quick.outcome()).isEqualTo(new Outcome.Exited(0));
            letGo(waiters);
        }
    }

    @Test
    void aWaitGivesItsFunctionNoFurtherRun() {
        try (Spinners spinners = spinners(8)) {
            FunctionPool sleepers = spinners.open(Spinners.limits(LONG, LONG, 3, 100));
            List<Waiter> waiters = send(spinners, sleepers, 5);
            Awaitility.await()
                    .until(() -> waiters.stream().filter(each -> each.ticks() > 20).count() == 3);
            assertThat(waiters).filteredOn(Waiter::hasBegun).hasSize(3);
            letGo(waiters);
        }
    }

    @Test
    @Tag("limit:runtime.max_blocked")
    void withEverySpareTakenAGuestThatWaitsKeepsItsThread() {
        try (Spinners spinners = spinners(2)) {
            FunctionPool sleepers = spinners.open(Spinners.limits(LONG, LONG, 4, 100));
            FunctionPool other = spinners.open(Spinners.LIMITS);
            List<Waiter> waiters = send(spinners, sleepers, 4);
            Awaitility.await().until(() -> waiters.stream().allMatch(each -> each.ticks() > 20));
            Errand behind = Errand.rounds(1);
            spinners.send(other, behind);
            int ticks = waiters.getFirst().ticks();
            Awaitility.await().until(() -> waiters.getFirst().ticks() > ticks + 20);
            assertThat(behind.isFinished()).isFalse();
            // Also of a function that never ran.
            assertThat(spinners.runtime().stats().total().queued()).isEqualTo(1);
            assertThat(spinners.livingThreads()).isEqualTo(THREADS + 2);
            waiters.getFirst().letGo();
            assertThat(behind.outcome()).isEqualTo(new Outcome.Exited(0));
            letGo(waiters);
        }
    }

    @Test
    void withoutSparesEveryGuestKeepsItsThread() {
        try (Spinners spinners = spinners(0)) {
            FunctionPool sleepers = spinners.open(Spinners.limits(LONG, LONG, 8, 100));
            List<Waiter> waiters = send(spinners, sleepers, 8);
            Awaitility.await()
                    .until(() -> waiters.stream().filter(Waiter::hasBegun).count() == THREADS);
            assertThat(spinners.livingThreads()).isEqualTo(THREADS);
            letGo(waiters);
        }
    }

    @Test
    void spareThreadsEndWhenTheyAreNotNeeded() {
        try (Spinners spinners = spinners(8)) {
            FunctionPool sleepers = spinners.open(Spinners.limits(LONG, LONG, 8, 100));
            for (int round = 0; round < 2; round++) {
                List<Waiter> waiters = send(spinners, sleepers, 8);
                Awaitility.await().until(() -> waiters.stream().allMatch(Waiter::hasBegun));
                assertThat(spinners.livingThreads()).isBetween(8L, 8L + THREADS);
                letGo(waiters);
                Awaitility.await().until(() -> spinners.livingThreads() == THREADS);
            }
        }
    }

    @Test
    void guestsThatComputeForLongOnEveryThreadDoNotStopOthers() {
        try (Spinners spinners = spinners(8)) {
            List<Run> loopers =
                    Stream.generate(() -> spinners.open(Spinners.LIMITS))
                            .limit(6)
                            .map(each -> spinners.send(each, Errand.rounds(ENDLESS)))
                            .toList();
            Errand quick = Errand.rounds(1);
            spinners.send(spinners.open(Spinners.LIMITS), quick);
            assertThat(quick.outcome()).isEqualTo(new Outcome.Exited(0));
            loopers.forEach(Run::cancel);
        }
    }

    @Test
    void aWaitingGuestStillMeetsItsDeadline() {
        Duration limit = Duration.ofMillis(30);
        try (Spinners spinners = spinners(4)) {
            FunctionPool hasty = spinners.open(Spinners.limits(limit, LONG, 6, 10));
            send(spinners, hasty, 6)
                    .forEach(each ->
                            assertThat(each.outcome())
                                    .isEqualTo(new Outcome.DeadlineExceeded(limit)));
        }
    }

    private static Spinners spinners(int spares) {
        return new Spinners(THREADS, spares, 1L << 30, GuestThread::new, MemoryBudget::new);
    }

    private static List<Waiter> send(Spinners spinners, FunctionPool to, int count) {
        List<Waiter> waiters = IntStream.range(0, count).mapToObj(i -> new Waiter()).toList();
        waiters.forEach(each -> spinners.send(to, each));
        return waiters;
    }

    private static void letGo(List<Waiter> waiters) {
        waiters.forEach(Waiter::letGo);
        waiters.forEach(each -> assertThat(each.outcome()).isEqualTo(new Outcome.Exited(0)));
    }
}
