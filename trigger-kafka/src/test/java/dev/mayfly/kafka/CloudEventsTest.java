package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {
    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

    @Test
    @Tag("kafka.env.CE")
    void headersOfABinaryCloudEventAreItsAttributes() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("ce_id", "1")
                                        .header("ce_source", "/shop")
                                        .header("ce_odd", "\u00ff")
                                        .header("ce-no", "x")
                                        .header("ce_", "x")
                                        .header("content-type", "text/csv")))
                .containsEntry("CE_ID", "1")
                .containsEntry("KAFKA_HEADER_CE_ID", "1")
                .containsEntry("CE_SOURCE", "/shop")
                .containsEntry("CE_ODD_BASE64", "/w==")
                .containsEntry("CE_DATACONTENTTYPE", "text/csv")
                .doesNotContainKeys("CE_NO", "CE_");
    }

    @Test
    @Tag("kafka.env.CE")
    void theAttributeComesBeforeTheContentType() {
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .header("ce_DataContentType", "a/b")
                                        .header("content-type", "text/csv")))
                .containsEntry("CE_DATACONTENTTYPE", "a/b");
        assertThat(Told.variables(TestRecord.some().header("content-type", "text/csv")))
                .doesNotContainKey("CE_DATACONTENTTYPE");
    }

    @Test
    @Tag("kafka.env.CE")
    void aStructuredCloudEventTellsItsAttributes() {
        String value =
                """
                {"specversion": "1.0", "id": "a\\u0000b", "count": 12, "flag": true, "none": null,
                 "data": {"id": "no", "x": [1, {}]}, "data_base64": "AA==", "nested": {"a": 1},
                 "list": [1], "big": 12345678901234567890123, "myExt": "\u00c3\u00a9"}
                """;
        assertThat(
                        Told.variables(
                                TestRecord.some()
                                        .value(value)
                                        .header("content-type", STRUCTURED)
                                        .header("ce_id", "of the header")))
                .containsEntry("CE_SPECVERSION", "1.0")
                .containsEntry("CE_ID_BASE64", "YQBi")
                .containsEntry("CE_COUNT", "12")
                .containsEntry("CE_FLAG", "true")
                .containsEntry("CE_BIG", "12345678901234567890123")
                .containsEntry("CE_MYEXT", "\u00c3\u00a9")
                .containsEntry("KAFKA_HEADER_CE_ID", "of the header")
                .containsEntry("CONTENT_TYPE", STRUCTURED)
                .doesNotContainKeys("CE_ID", "CE_NONE", "CE_DATA", "CE_DATA_BASE64")
                .doesNotContainKeys("CE_NESTED", "CE_LIST", "CE_DATACONTENTTYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"a\"",
                "null",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":\"b}",
                "{} {}",
                "{}x",
                "{\"data\":[1}",
                "{\"a\":tru}",
                "\u00ff{}",
                "{\"a\":\"\u00ff\"}",
                "<xml/>",
            })
    @Tag("kafka.poison")
    void aStructuredCloudEventThatIsNoJsonIsPoison(String value) {
        TestRecord record = TestRecord.some().header("content-type", STRUCTURED).value(value);
        assertThat(Told.poison(record))
                .startsWith("the value is no CloudEvent, as its content-type says: ")
                .doesNotContain("\n");
    }

    @Test
    @Tag("kafka.env.CE")
    void aTombstoneOfAStructuredTopicIsATombstone() {
        assertThat(Told.variables(TestRecord.some().header("content-type", STRUCTURED).value(null)))
                .containsEntry("KAFKA_TOMBSTONE", "1");
    }

    @Test
    @Tag("kafka.poison")
    void attributesOfACloudEventCountToo() {
        TestRecord record =
                TestRecord.some()
                        .header("content-type", STRUCTURED)
                        .value("{\"a\": \"" + "x".repeat(70_000) + "\"}");
        assertThat(Told.poison(record)).contains("65536");
    }
}
