package dev.mayfly.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Writes a record that failed for good as a dead letter: its own key, value and headers, and behind
 * those the evidence, in headers {@code mayfly-…}.
 */
final class DeadLetterRecord {
    /** Most bytes of the error, and of the last lines of standard error. */
    static final int MOST_TEXT = 4 << 10;

    /** What the names of evidence headers begin with. */
    static final String PREFIX = "mayfly-";

    private DeadLetterRecord() {}

    static ProducerRecord<byte[], byte[]> of(
            String topic, ConsumerRecord<byte[], byte[]> record, Failure failure) {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(headers::add);
        evidence(record, failure, headers);
        return new ProducerRecord<>(topic, null, record.key(), record.value(), headers);
    }

    private static void evidence(
            ConsumerRecord<byte[], byte[]> record, Failure failure, List<Header> headers) {
        add(headers, Evidence.ERROR, beginning(failure.error()));
        add(headers, Evidence.ATTEMPTS, text(failure.attempts()));
        if (failure.exitCode().isPresent()) {
            add(headers, Evidence.EXIT_CODE, text(failure.exitCode().getAsInt()));
        }
        add(headers, Evidence.STDERR, lastLines(failure.stderr()));
        add(headers, Evidence.APP, text(failure.function().app()));
        add(headers, Evidence.FUNCTION, text(failure.function().function()));
        add(headers, Evidence.REVISION, text(failure.function().revision()));
        add(headers, Evidence.SOURCE_TOPIC, text(record.topic()));
        add(headers, Evidence.SOURCE_PARTITION, text(record.partition()));
        add(headers, Evidence.SOURCE_OFFSET, text(record.offset()));
        add(headers, Evidence.SOURCE_TIMESTAMP, text(record.timestamp()));
        add(headers, Evidence.FAILED_AT, text(failure.at()));
        add(headers, Evidence.REQUEST_ID, text(failure.requestId()));
    }

    private static void add(List<Header> headers, Evidence name, byte[] value) {
        headers.add(new RecordHeader(name.header(), value));
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] beginning(String error) {
        byte[] whole = text(error);
        int end = Math.min(whole.length, MOST_TEXT);
        while (end < whole.length && isContinuation(whole[end])) {
            end--;
        }
        return Arrays.copyOf(whole, end);
    }

    /** Whole lines as far as they fit; of a last line that alone does not, its end. */
    private static byte[] lastLines(List<String> lines) {
        StringBuilder last = new StringBuilder();
        int bytes = 0;
        for (String line : lines.reversed()) {
            bytes += text(line).length + 1;
            if (bytes > MOST_TEXT && !last.isEmpty()) {
                break;
            }
            last.insert(0, line + "\n");
        }
        byte[] whole = text(last);
        int start = Math.max(0, whole.length - MOST_TEXT);
        while (start > 0 && isContinuation(whole[start])) {
            start++;
        }
        return Arrays.copyOfRange(whole, start, whole.length);
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
