package dev.mayfly.kafka;

import dev.mayfly.manifest.KafkaTrigger;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a function's standard output makes of a record. */
sealed interface OutputRecord {
    /** It wrote nothing, so nothing is produced. */
    record Nothing() implements OutputRecord {}

    /**
     * No record can be made of it: the attempt failed.
     *
     * @param reason for the function's owner
     */
    record Malformed(String reason) implements OutputRecord {}

    /** A record. */
    final class Produced implements OutputRecord {
        private final byte @Nullable [] key;
        private final byte[] value;
        private final List<Header> headers;

        Produced(byte @Nullable [] key, byte[] value, List<Header> headers) {
            this.key = key;
            this.value = value;
            this.headers = headers;
        }

        /** {@return it, on its way to {@code topic}} */
        ProducerRecord<byte[], byte[]> to(String topic) {
            return new ProducerRecord<>(topic, null, key, value, headers);
        }
    }

    /**
     * Reads standard output.
     *
     * @param mode how
     * @param stdout what the function wrote, up to {@code length}; copied
     * @param input whose key it has unless it says otherwise
     */
    static OutputRecord read(
            KafkaTrigger.Output mode,
            byte[] stdout,
            int length,
            ConsumerRecord<byte[], byte[]> input) {
        if (length == 0) {
            return new Nothing();
        }
        return switch (mode) {
            case RAW -> new Produced(input.key(), Arrays.copyOf(stdout, length), List.of());
            case CGI -> new OutputHead(stdout, length).read(input.key());
        };
    }
}
