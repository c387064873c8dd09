package dev.mayfly.kafka;

import dev.mayfly.kafka.DeadLetter.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link DeadLetterRecord} wrote. The evidence is what stands at the end of the headers,
 * each name once; what stands before came with the record, even if it looks the same.
 */
final class LetterReader {
    private LetterReader() {}

    static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        Header[] all = record.headers().toArray();
        Map<String, String> evidence = new HashMap<>();
        int end = all.length;
        while (end > 0) {
            Header header = all[end - 1];
            Optional<Evidence> name = Evidence.of(header.key());
            if (name.isEmpty() || evidence.containsKey(name.get().shown())) {
                break;
            }
            evidence.put(name.get().shown(), new String(value(header), StandardCharsets.UTF_8));
            end--;
        }
        List<DeadLetter.Header> headers = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            headers.add(new DeadLetter.Header(all[i].key(), readOnly(value(all[i]))));
        }
        return new DeadLetter(
                new Place(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                optional(record.key()),
                optional(record.value()),
                headers,
                evidence);
    }

    private static byte[] value(Header header) {
        byte[] value = header.value();
        return value == null ? new byte[0] : value;
    }

    private static Optional<ByteBuffer> optional(byte @Nullable [] bytes) {
        return bytes == null ? Optional.empty() : Optional.of(readOnly(bytes));
    }

    private static ByteBuffer readOnly(byte[] bytes) {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
