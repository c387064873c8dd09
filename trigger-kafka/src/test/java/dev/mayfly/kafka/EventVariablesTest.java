package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kafka.Examined.Poison;
import dev.mayfly.kafka.Examined.Sound;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventVariablesTest {
    private final EventVariables plain = Told.function("");

    @Test
    @Tag("kafka.env.GATEWAY_INTERFACE")
    @Tag("kafka.env.SERVER_SOFTWARE")
    @Tag("kafka.env.REQUEST_METHOD")
    @Tag("kafka.env.X_REQUEST_ID")
    @Tag("kafka.env.TRACEPARENT")
    @Tag("kafka.env.KAFKA_TOPIC")
    @Tag("kafka.env.KAFKA_PARTITION")
    @Tag("kafka.env.KAFKA_OFFSET")
    @Tag("kafka.env.KAFKA_TIMESTAMP")
    @Tag("kafka.env.KAFKA_TIMESTAMP_TYPE")
    @Tag("kafka.env.KAFKA_KEY")
    @Tag("kafka.env.KAFKA_GROUP")
    @Tag("kafka.env.KAFKA_ATTEMPT")
    @Tag("kafka.env.CONTENT_LENGTH")
    void aRecordWithoutHeadersIsToldWithThese() {
        assertThat(Told.variables(TestRecord.some()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("GATEWAY_INTERFACE", "CGI/1.1"),
                                Map.entry("SERVER_SOFTWARE", "Mayfly/1"),
                                Map.entry("REQUEST_METHOD", "EVENT"),
                                Map.entry("X_REQUEST_ID", "0".repeat(32)),
                                Map.entry("TRACEPARENT", Told.PARENT),
                                Map.entry("KAFKA_TOPIC", "orders"),
                                Map.entry("KAFKA_PARTITION", "3"),
                                Map.entry("KAFKA_OFFSET", "9000000000"),
                                Map.entry("KAFKA_TIMESTAMP", "1700000000123"),
                                Map.entry("KAFKA_TIMESTAMP_TYPE", "CreateTime"),
                                Map.entry("KAFKA_KEY", "k1"),
                                Map.entry("KAFKA_GROUP", "shop-f"),
                                Map.entry("KAFKA_ATTEMPT", "2"),
                                Map.entry("CONTENT_LENGTH", "2")));
    }

    @Test
    @Tag("kafka.env.own")
    void theFunctionsOwnEnvironmentIsThereToo() {
        ArrayBlock block = new ArrayBlock();
        Told.function("environment = { GREETING = \"grüezi\" }\n")
                .environment(block, TestRecord.some().made(), Told.ID, Told.SECOND, null);
        assertThat(block.variables())
                .containsEntry("GREETING", "gr\u00c3\u00bcezi")
                .containsEntry("KAFKA_ATTEMPT", "2");
    }

    @Test
    @Tag("kafka.env.KAFKA_TOMBSTONE")
    @Tag("kafka.env.CONTENT_LENGTH")
    void aNullValueIsATombstone() {
        assertThat(Told.variables(TestRecord.some().value(null)))
                .containsEntry("KAFKA_TOMBSTONE", "1")
                .containsEntry("CONTENT_LENGTH", "0");
        assertThat(Told.variables(TestRecord.some().value("")))
                .doesNotContainKey("KAFKA_TOMBSTONE")
                .containsEntry("CONTENT_LENGTH", "0");
    }

    @Test
    @Tag("kafka.env.KAFKA_KEY")
    void aKeyIsTextOrBase64OrNotThere() {
        assertThat(Told.variables(TestRecord.some().key("\u00c3\u00a9")))
                .containsEntry("KAFKA_KEY", "\u00c3\u00a9")
                .doesNotContainKey("KAFKA_KEY_BASE64");
        assertThat(Told.variables(TestRecord.some().key("a\0b")))
                .containsEntry("KAFKA_KEY_BASE64", "YQBi")
                .doesNotContainKey("KAFKA_KEY");
        assertThat(Told.variables(TestRecord.some().key("")))
                .containsEntry("KAFKA_KEY", "")
                .doesNotContainKey("KAFKA_KEY_BASE64");
        assertThat(Told.variables(TestRecord.some().key(null)))
                .doesNotContainKeys("KAFKA_KEY", "KAFKA_KEY_BASE64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00c1\u0081",
                "\u00c3",
                "\u00c3x",
                "\u00e0\u0080\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f0\u0080\u0080\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00e2\u0082",
                "\u00c3\u00a9\0",
            })
    @Tag("kafka.env.KAFKA_KEY")
    void aKeyThatIsNoUtf8IsBase64(String key) {
        assertThat(Told.variables(TestRecord.some().key(key)))
                .containsKey("KAFKA_KEY_BASE64")
                .doesNotContainKey("KAFKA_KEY");
    }

    @Test
    @Tag("kafka.env.KAFKA_HEADER")
    void headersAreVariables() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("Tenant-id.v2", "\u00c3\u00a9 1")
                                        .header("empty", "")
                                        .header("null", null)
                                        .header("\u00e4", "x")))
                .containsEntry("KAFKA_HEADER_TENANT_ID_V2", "\u00c3\u00a9 1")
                .containsEntry("KAFKA_HEADER_EMPTY", "")
                .containsEntry("KAFKA_HEADER_NULL", "")
                .containsEntry("KAFKA_HEADER__", "x");
    }

    @Test
    @Tag("kafka.env.KAFKA_HEADER")
    void headersOfOneNameAreJoinedInOrder() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("a-b", "1")
                                        .header("c", "x")
                                        .header("A_B", "2")
                                        .header("a-b", "3")))
                .containsEntry("KAFKA_HEADER_A_B", "1, 2, 3")
                .containsEntry("KAFKA_HEADER_C", "x");
    }

    @Test
    @Tag("kafka.env.KAFKA_HEADER")
    void aHeaderThatIsNoTextIsBase64() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("id", "\u00ff\u00fe")
                                        .header("id", "text")
                                        .header("id", "a\0b")
                                        .header("id-base64", "own")))
                .containsEntry("KAFKA_HEADER_ID_BASE64", "//4=, YQBi, own")
                .containsEntry("KAFKA_HEADER_ID", "text");
    }

    @Test
    @Tag("kafka.env.KAFKA_HEADER")
    void headersBeyondTheThirtySecondAreThereToo() {
        TestRecord record = TestRecord.some();
        for (int i = 0; i < 40; i++) {
            record.header("h" + i, "v" + i);
        }
        assertThat(Told.variables(record))
                .containsEntry("KAFKA_HEADER_H0", "v0")
                .containsEntry("KAFKA_HEADER_H39", "v39");
    }

    @Test
    @Tag("kafka.env.CONTENT_TYPE")
    void theLastContentTypeCounts() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("content-type", "text/plain")
                                        .header("Content-Type", "text/csv")))
                .containsEntry("CONTENT_TYPE", "text/csv")
                .containsEntry("KAFKA_HEADER_CONTENT_TYPE", "text/plain, text/csv");
        assertThat(Told.variables(TestRecord.some().header("content-type", "\u00ff")))
                .doesNotContainKey("CONTENT_TYPE");
    }

    @Test
    @Tag("kafka.env.KAFKA_TIMESTAMP")
    @Tag("kafka.env.KAFKA_TIMESTAMP_TYPE")
    void theKindOfTimestampIsTold() {
        assertThat(Told.variables(TestRecord.some().timestampType(TimestampType.LOG_APPEND_TIME)))
                .containsEntry("KAFKA_TIMESTAMP_TYPE", "LogAppendTime");
        assertThat(Told.variables(TestRecord.some().timestampType(TimestampType.NO_TIMESTAMP_TYPE)))
                .doesNotContainKeys("KAFKA_TIMESTAMP", "KAFKA_TIMESTAMP_TYPE");
    }

    @Test
    @Tag("kafka.poison")
    void aValueLargerThanTheRequestBodyIsPoison() {
        EventVariables small = Told.function("limits = { request_body = \"8B\" }\n");
        assertThat(small.examine(TestRecord.some().value("12345678").made(), Told.ID))
                .isInstanceOf(Sound.class);
        assertThat(small.examine(TestRecord.some().value("123456789").made(), Told.ID))
                .isEqualTo(
                        new Poison(
                                "the value has 9 bytes, more than the function's request_body: 8"));
    }

    @Test
    @Tag("kafka.poison")
    @Tag("limit:EventVariables.MOST_ADDED")
    void whatARecordAddsToTheEnvironmentIs64KiBAtMost() {
        ArrayBlock block = new ArrayBlock();
        plain.environment(
                block, record(0), Told.ID, new EventVariables.Attempt(Integer.MAX_VALUE, 1), null);
        int constants = 4 + "CGI/1.1Mayfly/1EVENTshop-f".length();
        constants += "GATEWAY_INTERFACE=SERVER_SOFTWARE=REQUEST_METHOD=KAFKA_GROUP=".length();
        int room = (64 << 10) - (block.end() - constants);
        assertThat(plain.examine(record(room), Told.ID)).isInstanceOf(Sound.class);
        assertThat(plain.examine(record(room + 1), Told.ID))
                .isEqualTo(new Poison("key and headers take more than 65536 bytes of environment"));
        assertThat(Told.poison(TestRecord.some().key("k".repeat(70_000)))).isNotEmpty();
        assertThat(Told.poison(TestRecord.some().header("h", "\0".repeat(50_000)))).isNotEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(int filler) {
        return TestRecord.some().header("h", "x".repeat(filler)).made();
    }

    @Test
    @Tag("kafka.poison")
    void aLargeEnvironmentOfTheFunctionsOwnMakesNoRecordPoison() {
        EventVariables large =
                Told.function("environment = { A = \"" + "x".repeat(100_000) + "\" }\n");
        assertThat(large.examine(TestRecord.some().made(), Told.ID)).isInstanceOf(Sound.class);
    }

    @Test
    @Tag("kafka.argv")
    void theScriptNameOfTheArgumentsIsTheTopic() {
        assertThat(arguments("")).containsExactly("orders");
        assertThat(arguments("argv = 'f \"on ${SCRIPT_NAME}!\" ${ARGS} é'\n"))
                .containsExactly("f", "on orders!", "\u00c3\u00a9");
    }

    private static List<String> arguments(String keys) {
        ArrayBlock block = new ArrayBlock();
        Told.function(keys).arguments(block, TestRecord.some().made());
        return block.strings();
    }
}
