package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.EchoReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Records to guests and their output to topics, on a real broker. */
final class DeliveryIT extends OneTrigger {
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
                .containsEntry("KAFKA_GROUP", group())
                .containsEntry("KAFKA_ATTEMPT", "1");
        awaitCommitted(1);
        assertThat(topics.values(out, 1)).hasSize(1);
    }

    @Test
    void aKeysRecordsComeOutInOrderThoughManyKeysRunAtOnceAndNoneIsLost() throws Exception {
        int count = 2_000;
        writeSequence(count, 37);
        serve("", doing("echo"));
        assertInOrder(count, 37);
        awaitCommitted(count);
        assertThat(counts().done()).isEqualTo(count);
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
        Path mount = mount();
        topics.send(in, 0, "slow", "await=/m/go&text=slow");
        for (int i = 1; i < 100; i++) {
            topics.send(in, 0, "k" + i, "text=" + i);
        }
        topics.flush();
        serve("max_in_flight = 10\n", mounted());
        assertThat(topics.values(out, 9)).hasSize(9).doesNotContain("slow");
        await().atMost(LIMIT).until(() -> partition(0).state() == TriggerStats.State.PAUSED);
        assertThat(counts().done()).isEqualTo(9);
        assertThat(partition(0).inFlight()).isEqualTo(10);
        assertThat(topics.committed(group(), in, 0)).isLessThanOrEqualTo(0);
        Files.createFile(mount.resolve("go"));
        assertThat(topics.values(out, 100)).contains("slow");
        awaitCommitted(100);
    }

    @Test
    void aDeployChangesTheFunctionBetweenRecordsWithoutARebalance() throws Exception {
        serve("", doing("text=old"));
        topics.write(in, "k", "x");
        topics.read(out, 1);
        long rebalances = counts().rebalances();
        EventApp next = app(2, "", doing("text=new"));
        events.serve(List.of(next));
        topics.write(in, "k", "x");
        assertThat(topics.values(out, 2)).containsExactlyInAnyOrder("old", "new");
        assertThat(stats().revision()).isEqualTo(2);
        assertThat(counts().rebalances()).isEqualTo(rebalances);
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
        writeSequence(500, 7);
        serve("exactly_once = true\n", doing("echo"));
        assertInOrder(500, 7);
        awaitCommitted(500);
        assertThat(counts().produced()).isEqualTo(500);
    }
}
