package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.RunEnd;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Members of a group that come and go, and brokers that do, for real. */
final class MembersIT extends OneTrigger {
    private KafkaEvents another(Duration revokeTimeout) {
        return another(revokeTimeout, log);
    }

    private KafkaEvents another(Duration revokeTimeout, KeptLog told) {
        return KafkaEvents.open(stage.settings(revokeTimeout), told, stage.runtime()::wake);
    }

    private static int partitionsOf(KafkaEvents member) {
        return member.stats().stream().mapToInt(each -> each.partitions().size()).sum();
    }

    @Test
    void twoMembersShareThePartitionsAndWhoLeavesLeavesNothingUndone() throws Exception {
        EventApp both = app(1, "", doing("echo&sleep=2"));
        events.serve(List.of(both));
        writeSequence(300, 11);
        await().atMost(LIMIT).until(() -> counts().done() > 50);
        try (KafkaEvents second = another(Duration.ofSeconds(10))) {
            second.serve(List.of(both));
            await().atMost(LIMIT)
                    .until(() -> partitionsOf(second) == 1 && partitionsOf(events) == 1);
            writeMore(300, 300, 11);
            second.drain(Duration.ofSeconds(10));
        }
        assertInOrder(600, 11);
        awaitCommitted(600);
        assertThat(topics.read(out, 600)).hasSize(600);
    }

    private void writeMore(int from, int count, int keys) throws Exception {
        for (int i = from; i < from + count; i++) {
            topics.send(in, "k" + i % keys, "seq=" + i);
        }
        topics.flush();
    }

    @Test
    void aRunThatDoesNotEndWhileItsPartitionMovesIsAbandonedAndRunElsewhere() throws Exception {
        events.close();
        events = another(Duration.ofMillis(300));
        Path mount = mount();
        EventApp old = app(1, "", who("old"));
        events.serve(List.of(old));
        for (int partition = 0; partition < 2; partition++) {
            topics.send(in, partition, "k", "stderr=begun%0A&await=/m/go&variable=WHO");
        }
        topics.flush();
        await().atMost(LIMIT).until(() -> log.lines().size() == 2);
        KeptLog secondLog = new KeptLog();
        try (KafkaEvents second = another(Duration.ofMillis(300), secondLog)) {
            second.serve(List.of(app(1, "", who("new"))));
            await().atMost(LIMIT).until(() -> secondLog.lines().size() == 1);
            assertThat(cancelled(old)).isEqualTo(1);
            assertThat(topics.committed(group())).isZero();
            Files.createFile(mount.resolve("go"));
            assertThat(topics.values(out, 2)).containsExactlyInAnyOrder("old", "new");
            awaitCommitted(2);
            await().atMost(LIMIT).until(() -> counts().done() == 1);
            await().atMost(LIMIT).until(() -> done(second) == 1);
        }
        assertThat(topics.all(out)).hasSize(2);
        assertThat(counts().done()).isEqualTo(1);
        assertThat(counts().failedAttempts()).isZero();
        assertThat(secondLog.failures()).isEmpty();
        assertThat(log.lines()).hasSize(2);
    }

    private String who(String name) {
        return mounted() + "environment = { WHO = \"" + name + "\" }\n";
    }

    private static long cancelled(EventApp app) {
        GuestFunction function = Objects.requireNonNull(app.functions().get("f"));
        return function.stats().ended().getOrDefault(RunEnd.CANCELLED, 0L);
    }

    private static long done(KafkaEvents member) {
        return member.stats().stream().mapToLong(each -> each.counts().done()).sum();
    }

    @Test
    void aPartitionThatMovesLeavesNoGapSoNothingIsRunTwice() throws Exception {
        Path mount = mount();
        // The first of the partition waits for another attempt, those behind it are done.
        EventApp old = app(1, "retry = { attempts = 9, backoff = \"300ms\" }\n", mounted());
        events.serve(List.of(old));
        for (int partition = 0; partition < 2; partition++) {
            topics.send(in, partition, "late", "upto=1&await=/m/go&exit=1&always&text=late");
            for (int i = 0; i < 20; i++) {
                topics.send(in, partition, "k" + i, "text=" + i);
            }
        }
        topics.flush();
        await().atMost(LIMIT).until(() -> counts().done() == 40);
        long rebalances = counts().rebalances();
        try (KafkaEvents second = another(Duration.ofSeconds(10))) {
            second.serve(List.of(app(1, "", mounted())));
            await().atMost(LIMIT).until(() -> counts().rebalances() > rebalances);
            Files.createFile(mount.resolve("go"));
            await().atMost(LIMIT).until(() -> partitionsOf(second) == 1);
            awaitCommitted(42);
            assertThat(done(second)).isZero();
        }
        assertThat(topics.all(out)).hasSize(42);
    }

    private static int inFlight(KafkaEvents member) {
        return member.stats().stream()
                .flatMap(each -> each.partitions().stream())
                .mapToInt(TriggerStats.Partition::inFlight)
                .sum();
    }

    @Test
    void drainLetsWhatRunsEndAndCommitsIt() throws Exception {
        Path mount = mount();
        serve("", mounted());
        topics.write(in, "k", "await=/m/go&text=ended");
        await().atMost(LIMIT).until(() -> inFlight(events) == 1);
        Thread drain = Thread.ofVirtual().start(() -> events.drain(Duration.ofSeconds(30)));
        Files.createFile(mount.resolve("go"));
        drain.join();
        assertThat(topics.values(out, 1)).containsExactly("ended");
        assertThat(topics.committed(group())).isEqualTo(1);
    }

    @Test
    void aGroupThatBeginsWithTheNewestRecordLosesNoneOfThoseThatCameAfterIt() throws Exception {
        topics.write(in, "k", "text=before");
        String trigger = "topics = [\"" + in + "\"]\noutput_topic = \"" + out + "\"\n";
        EventApp latest = stage.latest(app, trigger, "");
        events.serve(List.of(latest));
        await().atMost(LIMIT)
                .until(() ->
                        topics.committed(group(), in, 0) + topics.committed(group(), in, 1) == 1);
        events.close();
        topics.write(in, "k", "text=between");
        events = stage.events(log);
        events.serve(List.of(latest));
        assertThat(topics.values(out, 1)).containsExactly("between");
    }

    @Test
    void brokersThatGoAreMissedWithoutABusyLoopAndAllIsDoneWhenTheyComeBack() throws Exception {
        serve("", doing("echo"));
        writeSequence(100, 7);
        awaitCommitted(100);
        stage.stopBroker();
        long before = cpuNanos();
        await().atMost(LIMIT).until(() -> !events.reachable());
        // Five seconds at least have gone: the pause between two questions.
        assertThat(Duration.ofNanos(cpuNanos() - before)).isLessThan(Duration.ofSeconds(2));
        stage.startBrokerAgain();
        await().atMost(LIMIT).until(() -> events.reachable());
        writeMore(100, 100, 7);
        assertInOrder(200, 7);
        awaitCommitted(200);
    }

    /** Of the threads of subscriptions, and of the clients that they use. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .filter(id -> isOurs(threads.getThreadInfo(id)))
                .map(threads::getThreadCpuTime)
                .sum();
    }

    private static boolean isOurs(@Nullable ThreadInfo thread) {
        return thread != null
                && (thread.getThreadName().startsWith("mayfly-kafka-")
                        || thread.getThreadName().startsWith("kafka-coordinator-heartbeat"));
    }
}
