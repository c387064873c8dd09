package dev.mayfly.kafka;

/**
 * A record that functions run on, as it is told of.
 *
 * @param requestId its id, the same in each attempt
 * @param trace where it stands in a trace
 * @param group the consumer group
 * @param topic the topic
 * @param partition the partition's number
 * @param offset its offset
 * @param bytes of its value
 */
public record EventRecord(
        String requestId,
        EventTrace trace,
        String group,
        String topic,
        int partition,
        long offset,
        int bytes) {
    /** {@return topic, partition and offset, as a person writes them} */
    public String place() {
        return topic + "/" + partition + "/" + offset;
    }
}
