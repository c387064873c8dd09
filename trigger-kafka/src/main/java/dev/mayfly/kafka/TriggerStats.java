package dev.mayfly.kafka;

import dev.mayfly.pool.Distribution;
import java.util.List;

/**
 * One Kafka trigger at one moment; the counters rise as long as it is subscribed.
 *
 * @param app the app's name
 * @param function the function's name
 * @param revision the revision that records run on
 * @param group the consumer group
 * @param partitions those that this gateway has
 * @param counts what became of records
 */
public record TriggerStats(
        String app,
        String function,
        long revision,
        String group,
        List<Partition> partitions,
        Counts counts) {
    /** Copies the list in. */
    public TriggerStats {
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition that this gateway has.
     *
     * @param topic the topic
     * @param partition its number
     * @param state what it does
     * @param reason why it is {@link State#STOPPED}, for the owner; empty otherwise
     * @param committed the offset that a restart begins at, -1 when there is none yet
     * @param lag records that are not committed, as far as known
     * @param inFlight records begun and not committed
     * @param retrying records that wait for another attempt
     * @param failedAttempts attempts that failed here, while the trigger was subscribed
     * @param deadLetters records that went from here to the dead-letter topic, likewise
     */
    public record Partition(
            String topic,
            int partition,
            State state,
            String reason,
            long committed,
            long lag,
            int inFlight,
            int retrying,
            long failedAttempts,
            long deadLetters) {}

    /** What a partition does. */
    public enum State {
        /** Its records run. */
        RUNNING,
        /** It takes no more until some of those it has are done. */
        PAUSED,
        /** It stays where it is: a record failed for good, or its dead letter cannot be written. */
        STOPPED
    }

    /**
     * What became of records.
     *
     * @param done records that are finished, dead letters and skipped ones included
     * @param failedAttempts attempts that failed
     * @param deadLetters records that went to the dead-letter topic
     * @param skipped records that were passed over
     * @param produced records written to the output topic
     * @param rebalances times that partitions came or went
     * @param runNanos how long runs took, however they ended
     */
    public record Counts(
            long done,
            long failedAttempts,
            long deadLetters,
            long skipped,
            long produced,
            long rebalances,
            Distribution runNanos) {}
}
