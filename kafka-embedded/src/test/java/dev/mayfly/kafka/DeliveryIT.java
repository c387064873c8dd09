package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.EchoReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records to guests and their output to topics, on a real broker. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class DeliveryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Stage stage;
    private Topics topics;
    private KeptLog log;
    private KafkaEvents events;
    private String app;
    private String in;
    private String out;

    @BeforeEach
    void open() throws Exception {
        stage = Stage.shared();
        topics = new Topics(stage.address());
        log = new KeptLog();
        events = stage.events(log);
        app = stage.name("app");
        in = topics.make(stage.name("in"), 2);
        out = topics.make(stage.name("out"), 2);
    }

    @AfterEach
    void close() {
        events.close();
        topics.close();
    }

    private void serve(String trigger, String function) throws IOException {
        events.serve(List.of(app(1, trigger, function)));
    }

    private EventApp app(long revision, String trigger, String function) throws IOException {
        String both = "topics = [\"" + in + "\"]\noutput_topic = \"" + out + "\"\n" + trigger;
        return stage.app(app, revision, both, function);
    }

    private static String doing(String commands) {
        return "environment = { EVENT_DO = \"" + commands + "\" }\n";
    }

    private TriggerStats stats() {
        return events.stats().getFirst();
    }

    private long done() {
        return stats().counts().done();
    }

    private void awaitCommitted(long sum) {
        await().atMost(LIMIT).until(() -> topics.committed(app + "-f") == sum);
    }

    @Test
    void eachRecordIsRunOnceWithItsValueAndVariablesAndItsOutputIsWrittenBeforeItIsCommitted()
            throws Exception {
        topics.write(in, "k1", "a=1");
        serve("", "");
        EchoReport report = EchoReport.of(topics.read(out, 1).getFirst().value());
        assertThat(report.stdin()).isEqualTo("a=1");
        assertThat(report.environment())
                .containsEntry("REQUEST_METHOD", "EVENT")
                .containsEntry("KAFKA_TOPIC", in)
                .containsEntry("KAFKA_KEY", "k1")
                .containsEntry("KAFKA_OFFSET", "0")
                .containsEntry("KAFKA_GROUP", app + "-f")
                .containsEntry("KAFKA_ATTEMPT", "1");
        awaitCommitted(1);
        assertThat(topics.values(out, 1)).hasSize(1);
    }

    @Test
    void aKeysRecordsComeOutInOrderThoughManyKeysRunAtOnceAndNoneIsLost() throws Exception {
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            topics.send(in, "k" + i % 37, "seq=" + i);
        }
        topics.flush();
        serve("", doing("echo"));
        Map<String, List<String>> byKey = byKey(topics.read(out, count));
        for (int i = 0; i < count; i++) {
            assertThat(byKey.getOrDefault("k" + i % 37, List.of()).get(i / 37))
                    .isEqualTo("seq=" + i);
        }
        awaitCommitted(count);
        assertThat(done()).isEqualTo(count);
    }

    private static Map<String, List<String>> byKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<String>> byKey = new HashMap<>();
        records.forEach(each ->
                byKey.computeIfAbsent(Topics.text(each.key()), _ -> new ArrayList<>())
                        .add(Topics.text(each.value())));
        return byKey;
    }

    @Test
    void recordsWithoutAKeyKeepTheOrderOfTheirPartition() throws Exception {
        for (int i = 0; i < 200; i++) {
            topics.send(in, 0, null, "seq=" + i);
        }
        topics.flush();
        serve("", doing("echo"));
        List<ConsumerRecord<byte[], byte[]>> read = topics.read(out, 200);
        Map<Integer, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : read) {
            int seq = Integer.parseInt(Topics.text(each.value()).substring(4));
            assertThat(last.merge(each.partition(), seq, Math::max)).isEqualTo(seq);
        }
        awaitCommitted(200);
    }

    @Test
    void aSlowKeyHoldsUpNobodyButItselfUntilTheWindowIsFull() throws Exception {
        Path mount = Files.createDirectory(stage.folder().resolve(app));
        String files = "files = [ { source = \"" + app + "\", destination = \"/m\" } ]\n";
        topics.send(in, 0, "slow", "await=/m/go&text=slow");
        for (int i = 1; i < 100; i++) {
            topics.send(in, 0, "k" + i, "text=" + i);
        }
        topics.flush();
        serve("max_in_flight = 10\n", files + "limits = { timeout = \"60s\" }\n");
        assertThat(topics.values(out, 9)).hasSize(9).doesNotContain("slow");
        await().atMost(LIMIT).until(() -> partition(0).state() == TriggerStats.State.PAUSED);
        assertThat(done()).isEqualTo(9);
        assertThat(partition(0).inFlight()).isEqualTo(10);
        assertThat(topics.committed(app + "-f", in, 0)).isLessThanOrEqualTo(0);
        Files.createFile(mount.resolve("go"));
        assertThat(topics.values(out, 100)).contains("slow");
        awaitCommitted(100);
    }

    private TriggerStats.Partition partition(int number) {
        return stats().partitions().stream()
                .filter(each -> each.partition() == number)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeployChangesTheFunctionBetweenRecordsWithoutARebalance() throws Exception {
        serve("", doing("text=old"));
        topics.write(in, "k", "x");
        topics.read(out, 1);
        long rebalances = stats().counts().rebalances();
        EventApp next = app(2, "", doing("text=new"));
        events.serve(List.of(next));
        topics.write(in, "k", "x");
        assertThat(topics.values(out, 2)).containsExactlyInAnyOrder("old", "new");
        assertThat(stats().revision()).isEqualTo(2);
        assertThat(stats().counts().rebalances()).isEqualTo(rebalances);
    }

    @Test
    void aTombstoneComesAsOneAndTheBlockOfACgiFunctionBecomesKeyAndHeaders() throws Exception {
        topics.write(in, "gone", (String) null);
        serve(
                "output = \"cgi\"\n",
                doing("text=Kafka-Key: other%0Ax-y: z%0A%0A&variable=KAFKA_TOMBSTONE"));
        ConsumerRecord<byte[], byte[]> made = topics.read(out, 1).getFirst();
        assertThat(Topics.text(made.key())).isEqualTo("other");
        assertThat(Topics.text(made.value())).isEqualTo("1");
        assertThat(Topics.text(made.headers().lastHeader("x-y").value())).isEqualTo("z");
    }

    @Test
    void underExactlyOnceOutputAndOffsetsComeToBeTogether() throws Exception {
        for (int i = 0; i < 500; i++) {
            topics.send(in, "k" + i % 7, "seq=" + i);
        }
        topics.flush();
        serve("exactly_once = true\n", doing("echo"));
        Map<String, List<String>> byKey = byKey(topics.read(out, 500));
        for (int i = 0; i < 500; i++) {
            assertThat(byKey.getOrDefault("k" + i % 7, List.of()).get(i / 7)).isEqualTo("seq=" + i);
        }
        awaitCommitted(500);
        assertThat(stats().counts().produced()).isEqualTo(500);
    }
}
