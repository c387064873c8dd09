package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes records as a consumer hands them over; chars of texts are bytes. */
final class TestRecord {
    private final RecordHeaders headers = new RecordHeaders();
    private byte @Nullable [] key = bytes("k1");
    private byte @Nullable [] value = bytes("{}");
    private TimestampType timestampType = TimestampType.CREATE_TIME;

    static TestRecord some() {
        return new TestRecord();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    TestRecord key(@Nullable String newKey) {
        key = newKey == null ? null : bytes(newKey);
        return this;
    }

    TestRecord value(@Nullable String newValue) {
        value = newValue == null ? null : bytes(newValue);
        return this;
    }

    TestRecord header(String name, @Nullable String headerValue) {
        headers.add(name, headerValue == null ? null : bytes(headerValue));
        return this;
    }

    TestRecord timestampType(TimestampType type) {
        timestampType = type;
        return this;
    }

    ConsumerRecord<byte[], byte[]> made() {
        return new ConsumerRecord<>(
                "orders",
                3,
                9_000_000_000L,
                1_700_000_000_123L,
                timestampType,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }
}
