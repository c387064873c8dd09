package dev.mayfly.kafka;

import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What a failed write means: is the record at fault, the producer, or just the moment? */
final class WriteFailure {
    private WriteFailure() {}

    /** Why the brokers will not take this record, however often it is tried; empty if they may. */
    static Optional<String> refusal(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (isRefusal(each)) {
                return Optional.of(each.getClass().getSimpleName() + ": " + each.getMessage());
            }
        }
        return Optional.empty();
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return switch (failure) {
            // Retriable by its class, but the producer has asked for the topic as long as it may.
            case UnknownTopicOrPartitionException _,
                    InvalidTopicException _,
                    TopicAuthorizationException _,
                    RecordTooLargeException _,
                    RecordBatchTooLargeException _,
                    InvalidRecordException _,
                    PolicyViolationException _ ->
                    true;
            case null, default -> false;
        };
    }

    /** Whether the producer that met it should be replaced. */
    static boolean breaksProducer(Exception failure) {
        return !(failure instanceof RetriableException);
    }
}
