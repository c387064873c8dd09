package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import java.util.List;

/**
 * A Kafka trigger that this gateway takes part in; the counters rise as long as it is subscribed.
 *
 * @param app the app's name
 * @param function the function's name
 * @param revision the revision that records run on, 0 under {@code mayfly up}
 * @param group the consumer group
 * @param partitions those that this gateway has, by topic and number
 * @param records what became of records
 * @param failedAttempts attempts that failed
 * @param produced records written to the output topic
 * @param rebalances times that partitions came or went
 * @param runNanos how long runs took, however they ended
 */
public record TriggerRow(
        String app,
        String function,
        long revision,
        String group,
        List<Partition> partitions,
        Records records,
        long failedAttempts,
        long produced,
        long rebalances,
        Distribution runNanos) {
    /** Copies the list in. */
    public TriggerRow {
        partitions = List.copyOf(partitions);
    }

    /**
     * Records that are finished, each in one of these.
     *
     * @param succeeded their function took them
     * @param deadLetters they are in the dead-letter topic
     * @param skipped they failed and were passed over
     */
    public record Records(long succeeded, long deadLetters, long skipped) {}

    /**
     * A partition.
     *
     * @param topic the topic
     * @param partition its number
     * @param state {@code running}, {@code paused} or {@code stopped}
     * @param reason why it is stopped, for the owner; empty otherwise
     * @param committed the offset that a restart begins at, -1 when there is none yet
     * @param lag records that are not committed, as far as known
     * @param inFlight records begun and not committed
     * @param retrying records that wait for another attempt
     * @param failedAttempts attempts that failed, since this gateway is subscribed
     * @param deadLetters records that went to the dead-letter topic, likewise
     */
    public record Partition(
            String topic,
            int partition,
            String state,
            String reason,
            long committed,
            long lag,
            int inFlight,
            int retrying,
            long failedAttempts,
            long deadLetters) {}
}
