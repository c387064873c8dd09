package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kafka.Examined.Poison;
import dev.mayfly.kafka.Examined.Sound;
import dev.mayfly.kafka.OutputRecord.Malformed;
import dev.mayfly.kafka.OutputRecord.Nothing;
import dev.mayfly.kafka.OutputRecord.Produced;
import dev.mayfly.manifest.KafkaTrigger.Output;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records and output with hostile bytes. */
class HostileRecordTest {
    private static final EventVariables VARIABLES =
            new EventVariables("Mayfly/1", TestFunction.of(""), "g");

    private final EventIds ids = new EventIds(low -> true);

    /** Each variable once, no longer than allowed, none of them anything but UTF-8. */
    private void check(ConsumerRecord<byte[], byte[]> record) throws CharacterCodingException {
        EventIdentity identity = ids.next(record);
        assertThat(identity.trace().traceParent(1))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        ArrayBlock block = new ArrayBlock();
        switch (VARIABLES.examine(record, identity)) {
            case Poison(String reason) -> assertThat(reason).isNotEmpty().doesNotContain("\n");
            case Sound sound -> {
                VARIABLES.environment(block, record, identity, Told.SECOND, sound.event());
                assertThat(block.end()).isLessThan(EventVariables.MOST_ADDED + 200);
            }
        }
        for (Map.Entry<String, String> variable : block.variables().entrySet()) {
            assertThat(variable.getKey()).matches("[A-Z0-9_]+");
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(TestRecord.bytes(variable.getValue())));
        }
    }

    @Test
    @Tag("kafka.env.KAFKA_HEADER")
    void headersAndKeysOfAnyBytesMakeAValidEnvironment() throws Exception {
        Fuzz.check(
                "headers",
                (input, random) -> {
                    TestRecord record = TestRecord.some().key(input);
                    for (String line : input.split("\n", -1)) {
                        int colon = Math.max(0, line.indexOf(':'));
                        record.header(line.substring(0, colon), line.substring(colon));
                        record.header(line.substring(0, colon), random.nextBoolean() ? null : "x");
                    }
                    check(record.made());
                });
    }

    @Test
    @Tag("kafka.env.CE")
    void anyStructuredCloudEventIsReadOrPoison() throws Exception {
        Fuzz.check(
                "cloudevents",
                (input, _) ->
                        check(
                                TestRecord.some()
                                        .header("content-type", "application/cloudevents+json")
                                        .value(input)
                                        .made()));
    }

    @Test
    @Tag("kafka.out.cgi.malformed")
    void anyOutputIsARecordOrRefused() throws Exception {
        Fuzz.check("outputs", (input, _) -> checkOutput(input));
    }

    private static void checkOutput(String stdout) {
        switch (OutputRecordTest.read(Output.CGI, stdout)) {
            case Nothing _ -> assertThat(stdout).isEmpty();
            case Malformed(String reason) ->
                    assertThat(reason).matches("[ -~…]+").hasSizeLessThan(300);
            case Produced produced -> {
                ProducerRecord<byte[], byte[]> record = produced.to("t");
                String body = new String(record.value(), StandardCharsets.ISO_8859_1);
                assertThat(stdout).endsWith("\n" + body);
                String head = stdout.substring(0, stdout.length() - body.length());
                List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
                int keys = record.headers().toArray().length == lines.size() ? 0 : 1;
                assertThat(record.headers().toArray()).hasSize(lines.size() - keys);
                record.headers()
                        .forEach(header ->
                                assertThat(head)
                                        .contains(header.key() + ":")
                                        .contains(
                                                new String(
                                                        header.value(),
                                                        StandardCharsets.ISO_8859_1)));
            }
        }
    }
}
