package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code [[trigger.kafka]]}.
 *
 * @param topics at least one
 * @param function the function to run
 * @param group consumer group
 * @param startFrom where a new group begins
 * @param retry how failed records are tried again
 * @param onExhausted what happens after the last try; without a dead-letter topic only
 * @param deadLetterTopic where failed records go
 * @param outputTopic where standard output goes
 * @param output how standard output is read
 * @param exactlyOnce one transaction for output and offsets
 * @param maxInFlight records at once per partition
 */
public record KafkaTrigger(
        List<String> topics,
        String function,
        String group,
        StartFrom startFrom,
        Retry retry,
        OnExhausted onExhausted,
        Optional<String> deadLetterTopic,
        Optional<String> outputTopic,
        Output output,
        boolean exactlyOnce,
        int maxInFlight) {
    /** Copies the list in. */
    public KafkaTrigger {
        topics = List.copyOf(topics);
    }

    /** Where a new group begins. */
    public enum StartFrom {
        /** With the oldest record. */
        EARLIEST,
        /** With the next record. */
        LATEST
    }

    /** What happens after the last try. */
    public enum OnExhausted {
        /** The partition stops. */
        STOP,
        /** The record is passed over. */
        SKIP
    }

    /** How standard output is read. */
    public enum Output {
        /** The value, whole. */
        RAW,
        /** A header block first. */
        CGI
    }

    /**
     * Tries again after a failure.
     *
     * @param attempts in all, at least 1
     * @param backoff before the second try, then doubled
     * @param maxBackoff never longer
     */
    public record Retry(int attempts, Duration backoff, Duration maxBackoff) {}
}
