package dev.mayfly.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.Outcome.Refused.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What becomes of records that fail, on a real broker. */
final class EndingsIT extends OneTrigger {
    private static final String QUICKLY =
            "retry = { attempts = 3, backoff = \"1ms\", max_backoff = \"5ms\" }\n";

    private static final String ONCE = "exactly_once = true\n";

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
        assertThat(counts().runNanos().count()).isEqualTo(4);
    }

    @Test
    void whatIsLoggedOfARecordIsFoundByItsTraceInEachAttempt() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", ("00-" + trace + "-b7ad6b7169203331-01").getBytes(US_ASCII));
        byte[] value = "upto=1&exit=1&always&stderr=said%0A".getBytes(US_ASCII);
        topics.send(new ProducerRecord<>(in, 0, null, null, value, headers));
        topics.flush();
        serve(QUICKLY, "");
        awaitCommitted(1);
        assertThat(log.lines()).contains("said");
        assertThat(log.failures()).hasSize(1);
        assertThat(log.names()).extracting(RecordName::traceId).containsOnly(trace);
        assertThat(Set.copyOf(log.names())).hasSize(1);
    }

    @Test
    void failedAttemptsAndDeadLettersAreCountedByPartition() throws Exception {
        topics.send(in, 0, "a", "upto=1&exit=1&always&nothing");
        topics.send(in, 1, "b", "exit=1");
        topics.send(in, 1, "c", "exit=1");
        topics.flush();
        serve(to(deadLetters()), "");
        await().atMost(LIMIT).until(() -> counts().done() == 3);
        await().atMost(LIMIT)
                .untilAsserted(() -> {
                    assertThat(partition(0).failedAttempts()).isEqualTo(1);
                    assertThat(partition(0).deadLetters()).isZero();
                    assertThat(partition(1).failedAttempts()).isEqualTo(6);
                    assertThat(partition(1).deadLetters()).isEqualTo(2);
                });
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
        events.serve(List.of(writingTo(narrow(1000), to(dead))));
        assertThat(headers(topics.read(dead, 1).getFirst()))
                .containsEntry("mayfly-attempts", "3")
                .hasEntrySatisfying(
                        "mayfly-error", error -> assertThat(error).contains("is refused"));
    }

    @Test
    void anOutputThatIsRefusedWithOthersBesideItIsFoundAmongThem() throws Exception {
        assumeTrue(Integer.getInteger("mayfly.fuzz.runs", 0) > 0, "it is slow: run with -Pfaults");
        for (int i = 0; i < 9; i++) {
            topics.send(in, 0, "k" + i, i == 4 ? "bytes=5000" : "text=" + i);
        }
        topics.flush();
        String dead = deadLetters();
        String narrow = narrow(1000);
        events.serve(List.of(writingTo(narrow, to(dead))));
        assertThat(headers(topics.read(dead, 1).getFirst()).get("mayfly-error"))
                .contains("is refused");
        assertThat(topics.read(narrow, 8)).hasSize(8);
        awaitCommitted(9);
    }

    private String narrow(int bytes) throws Exception {
        return topics.make(
                stage.name("narrow"), 1, Map.of("max.message.bytes", String.valueOf(bytes)));
    }

    private EventApp writingTo(String topic, String trigger) throws IOException {
        String topicKeys = "topics = [\"" + in + "\"]\noutput_topic = \"" + topic + "\"\n";
        return stage.app(app, 1, topicKeys + trigger, "");
    }

    @Test
    void underExactlyOnceAnOutputThatIsTooLargeIsADeadLetterAndTheOthersAreWrittenOnce()
            throws Exception {
        for (int i = 0; i < 40; i++) {
            topics.send(in, "k" + i % 7, i == 11 || i == 23 ? "bytes=200000" : "text=" + i);
        }
        topics.flush();
        String dead = deadLetters();
        String narrow = narrow(100_000);
        events.serve(List.of(writingTo(narrow, ONCE + to(dead))));
        for (ConsumerRecord<byte[], byte[]> letter : topics.read(dead, 2)) {
            assertThat(Topics.text(letter.value())).isEqualTo("bytes=200000");
            assertThat(headers(letter))
                    .containsEntry("mayfly-attempts", "1")
                    .containsEntry("mayfly-exit-code", "0")
                    .hasEntrySatisfying(
                            "mayfly-error",
                            error ->
                                    assertThat(error)
                                            .startsWith("its output to " + narrow + " is refused: ")
                                            .contains("RecordTooLarge"));
        }
        awaitCommitted(40);
        assertThat(topics.all(narrow)).hasSize(38);
        assertThat(topics.all(dead)).hasSize(2);
        await().atMost(LIMIT).until(() -> counts().done() == 40);
        assertThat(counts().produced()).isEqualTo(38);
        assertThat(counts().deadLetters()).isEqualTo(2);
        assertThat(counts().failedAttempts()).isEqualTo(2);
    }

    @Test
    void underExactlyOnceAnOutputThatMayNotBeWrittenIsADeadLetter() throws Exception {
        topics.write(in, "k", "text=secret", "nothing");
        topics.forbidWriting(out);
        String dead = deadLetters();
        serve(ONCE + to(dead), "");
        assertThat(headers(topics.read(dead, 1).getFirst()).get("mayfly-error"))
                .contains("is refused: TopicAuthorizationException");
        awaitCommitted(2);
        assertThat(topics.all(out)).isEmpty();
    }

    @Test
    void underExactlyOnceARefusedOutputIsFoundAmongOthersAndCanBePassedOver() throws Exception {
        topics.write(in, "k", "bytes=5000", "text=next");
        String narrow = narrow(1000);
        events.serve(List.of(writingTo(narrow, ONCE + "on_exhausted = \"skip\"\n")));
        assertThat(topics.values(narrow, 1)).containsExactly("next");
        await().atMost(LIMIT).until(() -> counts().skipped() == 1);
        assertThat(counts().done()).isEqualTo(2);
    }

    @Test
    void underExactlyOnceARefusedOutputStopsThePartitionUntilTheNextDeploy() throws Exception {
        topics.send(in, 0, "k", "key=k&bytes=200000");
        topics.send(in, 0, "k", "text=next");
        topics.flush();
        String narrow = narrow(100_000);
        events.serve(List.of(writingTo(narrow, ONCE)));
        await().atMost(LIMIT).until(() -> isStopped(0));
        assertThat(partition(0).reason()).contains("is refused", "RecordTooLarge");
        assertThat(topics.all(narrow)).isEmpty();
        String topicKeys = "topics = [\"" + in + "\"]\noutput_topic = \"" + narrow + "\"\n";
        events.serve(
                List.of(stage.app(app, 2, topicKeys + ONCE, doing("upto=1&text=mended&exit=0"))));
        assertThat(topics.values(narrow, 2)).containsExactly("mended", "mended");
        awaitCommitted(2);
        assertThat(topics.all(narrow)).hasSize(2);
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
        String limits = "limits = { timeout = \"60s\", concurrency = 1, queue = 4 }\n";
        EventApp served = app(1, "", mounted().replaceAll("limits.*\n", "") + limits);
        GuestFunction function = Objects.requireNonNull(served.functions().get("f"));
        // Requests have the only turn and the whole queue.
        CountDownLatch requests = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            function.submit(new WaitingRequest("await=/m/go&nothing", requests));
        }
        stage.runtime().wake();
        await().atMost(LIMIT).until(() -> function.stats().queued() == 4);
        for (int i = 0; i < 8; i++) {
            topics.send(in, 0, "k" + i, "variable=KAFKA_ATTEMPT");
        }
        topics.flush();
        events.serve(List.of(served));
        await().atMost(LIMIT).until(() -> refused(function) > 0);
        assertThat(counts().done()).isZero();
        Files.createFile(mount.resolve("go"));
        assertThat(requests.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(topics.values(out, 8)).containsOnly("1");
        awaitCommitted(8);
        assertThat(counts().failedAttempts()).isZero();
    }

    private static long refused(GuestFunction function) {
        return function.stats().refused().getOrDefault(Cause.QUEUE_FULL, 0L);
    }
}
