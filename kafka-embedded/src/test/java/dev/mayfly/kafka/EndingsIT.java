package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What becomes of records that fail, on a real broker. */
final class EndingsIT extends OneTrigger {
    private static final String QUICKLY =
            "retry = { attempts = 3, backoff = \"1ms\", max_backoff = \"5ms\" }\n";

    private String deadLetters() throws Exception {
        return topics.make(stage.name("dead"), 1);
    }

    private static String to(String deadLetters) {
        return QUICKLY + "dead_letter_topic = \"" + deadLetters + "\"\n";
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(each -> headers.put(each.key(), Topics.text(each.value())));
        return headers;
    }

    @Test
    void aRecordThatFailsTwiceIsTriedAThirdTimeAndItsKeyWaitsForIt() throws Exception {
        topics.write(in, "k", "upto=2&exit=1&always&text=first", "text=second");
        serve(QUICKLY, "");
        assertThat(topics.values(out, 2)).containsExactly("first", "second");
        awaitCommitted(2);
        assertThat(counts().failedAttempts()).isEqualTo(2);
        assertThat(log.failures()).hasSize(2).first().asString().contains("attempt 1 of 3");
    }

    @Test
    void anExhaustedRecordGoesToTheDeadLettersWithTheEvidence() throws Exception {
        topics.write(in, "k", "stderr=no such order%0A&exit=3", "text=next");
        String dead = deadLetters();
        serve(to(dead), "");
        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).getFirst();
        assertThat(Topics.text(letter.key())).isEqualTo("k");
        assertThat(Topics.text(letter.value())).isEqualTo("stderr=no such order%0A&exit=3");
        assertThat(headers(letter))
                .containsEntry("mayfly-error", "exited with code 3")
                .containsEntry("mayfly-attempts", "3")
                .containsEntry("mayfly-exit-code", "3")
                .containsEntry("mayfly-stderr", "no such order\n")
                .containsEntry("mayfly-app", app)
                .containsEntry("mayfly-function", "f")
                .containsEntry("mayfly-revision", "1")
                .containsEntry("mayfly-source-topic", in)
                .containsEntry("mayfly-source-offset", "0");
        assertThat(topics.values(out, 1)).containsExactly("next");
        awaitCommitted(2);
        assertThat(counts().deadLetters()).isEqualTo(1);
    }

    @Test
    void aTrapALoopAndTooMuchOutputAreFailedAttempts() throws Exception {
        topics.write(in, "a", "trap");
        topics.write(in, "b", "loop");
        topics.write(in, "c", "bytes=2000000");
        String dead = deadLetters();
        serve(
                to(dead).replace("attempts = 3", "attempts = 1"),
                "limits = { timeout = \"300ms\" }\n");
        Map<String, String> errors = new HashMap<>();
        topics.read(dead, 3)
                .forEach(each ->
                        errors.put(
                                Topics.text(each.key()),
                                headers(each).getOrDefault("mayfly-error", "")));
        assertThat(errors.get("a")).startsWith("trapped");
        assertThat(errors.get("b")).isEqualTo("ran past its limit of 300 ms");
        assertThat(errors.get("c")).isEqualTo("wrote more than kafka.max_output: 1048576");
    }

    @Test
    void withoutDeadLettersThePartitionStopsUntilTheNextDeployAndTheOtherGoesOn() throws Exception {
        topics.send(in, 0, "bad", "text=mended");
        topics.send(in, 0, "bad", "text=behind");
        topics.send(in, 1, "k", "text=other");
        topics.flush();
        serve(QUICKLY, doing("key=bad&exit=1&always"));
        assertThat(topics.values(out, 1)).containsExactly("other");
        await().atMost(LIMIT).until(() -> isStopped(0));
        assertThat(partition(0).reason()).contains("exited with code 1");
        assertThat(partition(0).committed()).isZero();
        events.serve(List.of(app(2, QUICKLY, "")));
        assertThat(topics.values(out, 3)).containsSubsequence("mended", "behind");
        awaitCommitted(3);
    }

    @Test
    void onExhaustedSkipPassesTheRecordOver() throws Exception {
        topics.write(in, "k", "exit=1", "text=next");
        serve(QUICKLY + "on_exhausted = \"skip\"\n", "");
        assertThat(topics.values(out, 1)).containsExactly("next");
        awaitCommitted(2);
        assertThat(counts().skipped()).isEqualTo(1);
    }

    @Test
    void aRecordThatNoFunctionCouldReadIsADeadLetterWithoutAnAttempt() throws Exception {
        topics.write(in, "k", "text=" + "x".repeat(3000), "text=next");
        String dead = deadLetters();
        serve(to(dead), "limits = { request_body = \"2KiB\" }\n");
        assertThat(headers(topics.read(dead, 1).getFirst()))
                .containsEntry("mayfly-attempts", "0")
                .hasEntrySatisfying(
                        "mayfly-error", error -> assertThat(error).contains("request_body"));
        assertThat(topics.values(out, 1)).containsExactly("next");
    }

    @Test
    void anOutputThatTheBrokersRefuseIsAFailedAttempt() throws Exception {
        topics.write(in, "k", "bytes=5000");
        String dead = deadLetters();
        String narrow = topics.make(stage.name("narrow"), 1, Map.of("max.message.bytes", "1000"));
        String trigger =
                "topics = [\"" + in + "\"]\noutput_topic = \"" + narrow + "\"\n" + to(dead);
        events.serve(List.of(stage.app(app, 1, trigger, "")));
        assertThat(headers(topics.read(dead, 1).getFirst()).get("mayfly-error"))
                .contains("is refused");
    }

    @Test
    void aDeadLetterThatTheBrokersRefuseStopsThePartitionAndNothingIsLost() throws Exception {
        topics.send(in, 0, "k", "exit=1&text=" + "x".repeat(2000));
        topics.flush();
        String narrow = topics.make(stage.name("narrow"), 1, Map.of("max.message.bytes", "1000"));
        serve(to(narrow), "");
        await().atMost(LIMIT).until(() -> isStopped(0));
        assertThat(partition(0).reason()).contains("the dead letter of");
        String dead = deadLetters();
        events.serve(List.of(app(2, to(dead), "")));
        assertThat(topics.read(dead, 1)).hasSize(1);
        awaitCommitted(1);
    }

    @Test
    void whatThePoolRefusesIsNoAttemptAndComesAgain() throws Exception {
        Path mount = mount();
        for (int i = 0; i < 8; i++) {
            topics.send(in, 0, "k" + i, "await=/m/go&variable=KAFKA_ATTEMPT");
        }
        topics.flush();
        // One runs and one waits; a queue of two is full for the third, whoever fills it.
        String limits = "limits = { timeout = \"60s\", concurrency = 1, queue = 1 }\n";
        serve("", mounted().replaceAll("limits.*\n", "") + limits);
        await().atMost(LIMIT).until(() -> !stats().partitions().isEmpty());
        Files.createFile(mount.resolve("go"));
        assertThat(topics.values(out, 8)).containsOnly("1");
        awaitCommitted(8);
        assertThat(counts().failedAttempts()).isZero();
    }
}
