package dev.mayfly.kafka;

import static dev.mayfly.kafka.TestRecord.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kafka.OutputRecord.Malformed;
import dev.mayfly.kafka.OutputRecord.Nothing;
import dev.mayfly.kafka.OutputRecord.Produced;
import dev.mayfly.manifest.KafkaTrigger.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputRecordTest {
    static OutputRecord read(Output mode, String stdout) {
        byte[] bytes = bytes(stdout + "what was there before");
        return OutputRecord.read(mode, bytes, stdout.length(), TestRecord.some().made());
    }

    private static ProducerRecord<byte[], byte[]> produced(Output mode, String stdout) {
        return switch (read(mode, stdout)) {
            case Produced produced -> produced.to("invoices");
            case Nothing _ -> throw new AssertionError("nothing");
            case Malformed(String reason) -> throw new AssertionError(reason);
        };
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .map(header -> header.key() + "=" + text(header.value()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("kafka.out.nothing")
    void noOutputIsNoRecord(Output mode) {
        assertThat(read(mode, "")).isEqualTo(new Nothing());
    }

    @Test
    @Tag("kafka.out.raw")
    void rawOutputIsTheValueUnderTheInputsKey() {
        ProducerRecord<byte[], byte[]> record = produced(Output.RAW, "Kafka-Key: a\n\n\u00ff");
        assertThat(record.topic()).isEqualTo("invoices");
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(text(record.key())).isEqualTo("k1");
        assertThat(text(record.value())).isEqualTo("Kafka-Key: a\n\n\u00ff");
        assertThat(record.headers()).isEmpty();
    }

    @Test
    @Tag("kafka.out.cgi.fields")
    void fieldsAreHeadersAndTheBodyIsTheValue() {
        ProducerRecord<byte[], byte[]> record =
                produced(
                        Output.CGI,
                        "Status: 404\r\nX-A: \t 1 \t\nx-a:2\nEmpty:\nE: \u00c3\u00a9\n\r\nbody\n\n");
        assertThat(headers(record))
                .containsExactly("Status=404", "X-A=1", "x-a=2", "Empty=", "E=\u00c3\u00a9");
        assertThat(text(record.key())).isEqualTo("k1");
        assertThat(text(record.value())).isEqualTo("body\n\n");
    }

    @Test
    @Tag("kafka.out.cgi.fields")
    void theBlockMayBeEmptyAndTheBodyToo() {
        ProducerRecord<byte[], byte[]> record = produced(Output.CGI, "\n");
        assertThat(record.headers()).isEmpty();
        assertThat(record.value()).isEmpty();
        assertThat(text(produced(Output.CGI, "\r\n\nx").value())).isEqualTo("\nx");
    }

    @ParameterizedTest
    @Tag("kafka.out.cgi.key")
    @CsvSource({
        "Kafka-Key: a b,              a b",
        "KAFKA-KEY:a,                 a",
        "Kafka-Key:,                  ''",
        "Kafka-Key-Base64: YQBi,      a\0b",
        "kafka-key-base64:YQ==,       a",
    })
    void theKeyIsAFieldOfItsOwn(String field, String key) {
        ProducerRecord<byte[], byte[]> record = produced(Output.CGI, field + "\n\nbody");
        assertThat(text(record.key())).isEqualTo(key);
        assertThat(record.headers()).isEmpty();
    }

    @ParameterizedTest
    @Tag("kafka.out.cgi.malformed")
    @ValueSource(
            strings = {
                "body",
                "A: 1",
                "A: 1\n",
                "A: 1\r\n\r",
                " A: 1\n\n",
                "A: 1\n folded\n\n",
                "A: 1\n\tfolded\n\n",
                "no colon\n\n",
                ": 1\n\n",
                "A B: 1\n\n",
                "A : 1\n\n",
                "A: a\0b\n\n",
                "A: a\rb\n\n",
                "A: \u001b\n\n",
                "A: \u007f\n\n",
                "\u00e9: 1\n\n",
                "Kafka-Key: a\nKafka-Key: a\n\n",
                "Kafka-Key: a\nKafka-Key-Base64: YQ==\n\n",
                "Kafka-Key-Base64: %\n\n",
                "Kafka-Key-Base64: YQ=\n\n",
            })
    void aHeadThatIsNotValidIsRefused(String stdout) {
        assertThat(read(Output.CGI, stdout)).isInstanceOf(Malformed.class);
    }

    @Test
    @Tag("kafka.out.cgi.malformed")
    void theReasonNamesTheLine() {
        assertThat(read(Output.CGI, "A: 1\nno\u00e9 colon\n\n"))
                .isEqualTo(new Malformed("line 2 of the header block has no ':': no? colon"));
        assertThat(read(Output.CGI, "A: 1\n"))
                .isEqualTo(new Malformed("the output ends within the header block"));
        assertThat(read(Output.CGI, "x".repeat(90) + "\n"))
                .isEqualTo(
                        new Malformed(
                                "line 1 of the header block has no ':': " + "x".repeat(80) + "…"));
    }

    @Test
    @Tag("kafka.out.cgi.malformed")
    @Tag("limit:OutputHead.MOST_HEAD")
    void aHeaderBlockOf64KiBPassesAndOneByteMoreDoesNot() {
        int rest = (64 << 10) - "X: \n\n".length();
        assertThat(read(Output.CGI, "X: " + "y".repeat(rest) + "\n\nb"))
                .isInstanceOf(Produced.class);
        assertThat(read(Output.CGI, "X: " + "y".repeat(rest + 1) + "\n\nb"))
                .isEqualTo(new Malformed("the header block is longer than 65536 bytes"));
    }
}
