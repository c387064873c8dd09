package dev.mayfly.kafka.embedded;

import java.util.Map;

/**
 * How a broker differs from the usual one.
 *
 * @param partitions how many a topic gets that is made because somebody names it
 * @param settings Kafka's own broker settings, by name; they go over ours. In a value {@code
 *     ${clients}} and {@code ${controller}} stand for the ports that were chosen
 */
public record BrokerOptions(int partitions, Map<String, String> settings) {
    /** One partition, and nothing else. */
    public static final BrokerOptions USUAL = new BrokerOptions(1, Map.of());

    /** Copies the map in; refuses topics without a partition. */
    public BrokerOptions {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions: " + partitions + " (expected: at least 1)");
        }
        settings = Map.copyOf(settings);
    }

    /**
     * {@return the same with so many partitions}
     *
     * @param number how many a topic gets
     */
    public BrokerOptions withPartitions(int number) {
        return new BrokerOptions(number, settings);
    }
}
