package dev.mayfly.server;

import dev.mayfly.gateway.FailedRecord;
import dev.mayfly.gateway.TriggerRow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/** Kafka triggers and dead letters as the API shows them. */
final class EventViews {
    private EventViews() {}

    static View.Trigger trigger(TriggerRow row) {
        return new View.Trigger(
                row.app(),
                row.function(),
                row.revision(),
                row.group(),
                row.partitions().stream().map(EventViews::partition).toList(),
                row.records().succeeded(),
                row.records().deadLetters(),
                row.records().skipped(),
                row.failedAttempts(),
                row.produced(),
                row.rebalances());
    }

    private static View.TriggerPartition partition(TriggerRow.Partition partition) {
        return new View.TriggerPartition(
                partition.topic(),
                partition.partition(),
                partition.state(),
                partition.reason(),
                partition.committed() < 0 ? Optional.empty() : Optional.of(partition.committed()),
                Math.max(0, partition.lag()),
                partition.inFlight(),
                partition.retrying(),
                partition.failedAttempts(),
                partition.deadLetters());
    }

    /** {@return topic, partition and offset, as a person writes them} */
    static String text(FailedRecord.Place place) {
        return place.topic() + "/" + place.partition() + "/" + place.offset();
    }

    static View.DeadLetterLine line(FailedRecord letter) {
        return new View.DeadLetterLine(
                letter.at().topic(),
                letter.at().partition(),
                letter.at().offset(),
                letter.time(),
                letter.key().flatMap(EventViews::utf8),
                new TreeMap<>(letter.evidence()));
    }

    static View.DeadLetter letter(FailedRecord letter) {
        return new View.DeadLetter(
                letter.at().topic(),
                letter.at().partition(),
                letter.at().offset(),
                letter.time(),
                letter.key().map(EventViews::bytes),
                letter.value().map(EventViews::bytes),
                letter.headers().stream()
                        .map(header -> new View.RecordHeader(header.name(), bytes(header.value())))
                        .toList(),
                new TreeMap<>(letter.evidence()));
    }

    private static View.RecordBytes bytes(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new View.RecordBytes(Base64.getEncoder().encodeToString(copy), utf8(bytes));
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException _) { // no text: the answer
            return Optional.empty();
        }
    }
}
