package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One app with one trigger on a real broker of each kind: two partitions in, two out. */
@ParameterizedClass
@EnumSource
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // the broker is a parameter
abstract class OneTrigger {
    static final Duration LIMIT = Duration.ofSeconds(60);

    @Parameter Broker broker;

    Stage stage;
    Topics topics;
    KeptLog log;
    KafkaEvents events;
    String app;
    String in;
    String out;

    @BeforeEach
    void open() throws Exception {
        broker.assumeThere();
        stage = Stage.shared(broker);
        topics = new Topics(stage.address());
        log = new KeptLog();
        events = stage.events(log);
        app = stage.name("app");
        in = topics.make(stage.name("in"), 2);
        out = topics.make(stage.name("out"), 2);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            events.close();
            topics.close();
        }
    }

    void serve(String trigger, String function) throws IOException {
        events.serve(List.of(app(1, trigger, function)));
    }

    EventApp app(long revision, String trigger, String function) throws IOException {
        String both = "topics = [\"" + in + "\"]\noutput_topic = \"" + out + "\"\n" + trigger;
        return stage.app(app, revision, both, function);
    }

    static String doing(String commands) {
        return "environment = { EVENT_DO = \"" + commands + "\" }\n";
    }

    TriggerStats stats() {
        return events.stats().getFirst();
    }

    TriggerStats.Counts counts() {
        return stats().counts();
    }

    TriggerStats.Partition partition(int number) {
        return stats().partitions().stream()
                .filter(each -> each.partition() == number)
                .findFirst()
                .orElseThrow();
    }

    boolean isStopped(int number) {
        return stats().partitions().stream()
                .anyMatch(each ->
                        each.partition() == number && each.state() == TriggerStats.State.STOPPED);
    }

    String group() {
        return app + "-f";
    }

    void awaitCommitted(long sum) {
        await().atMost(LIMIT).until(() -> topics.committed(group()) == sum);
    }

    static Map<String, List<String>> byKey(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<String>> byKey = new HashMap<>();
        records.forEach(each ->
                byKey.computeIfAbsent(Topics.text(each.key()), _ -> new ArrayList<>())
                        .add(Topics.text(each.value())));
        return byKey;
    }

    /** Writes {@code seq=0} … in turn to {@code keys} keys; {@link #assertInOrder} reads them. */
    void writeSequence(int count, int keys) throws Exception {
        for (int i = 0; i < count; i++) {
            topics.send(in, "k" + i % keys, "seq=" + i);
        }
        topics.flush();
    }

    void assertInOrder(int count, int keys) {
        Map<String, List<String>> byKey = byKey(topics.read(out, count));
        for (int i = 0; i < count; i++) {
            assertThat(byKey.getOrDefault("k" + i % keys, List.of()).get(i / keys))
                    .isEqualTo("seq=" + i);
        }
    }

    /** A folder that the function sees as {@code /m}, and the keys for it. */
    Path mount() throws IOException {
        return Files.createDirectories(stage.folder().resolve(app));
    }

    String mounted() {
        return "files = [ { source = \""
                + app
                + "\", destination = \"/m\" } ]\n"
                + "limits = { timeout = \"60s\" }\n";
    }
}
