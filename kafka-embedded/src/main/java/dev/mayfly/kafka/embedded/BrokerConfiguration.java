package dev.mayfly.kafka.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is alone, small, and its own controller. */
final class BrokerConfiguration {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private BrokerConfiguration() {}

    static Map<String, String> of(Path log, Ports ports, BrokerOptions options) {
        Map<String, String> all = new HashMap<>(alone());
        all.putAll(small());
        all.put("log.dirs", log.toString());
        all.put("num.partitions", String.valueOf(options.partitions()));
        all.put("listeners", "CLIENTS://127.0.0.1:${clients},CONTROLLER://127.0.0.1:${controller}");
        all.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "CLIENTS");
        all.put("controller.listener.names", CONTROLLER);
        all.put("controller.quorum.voters", NODE + "@127.0.0.1:${controller}");
        all.putAll(options.settings());
        all.replaceAll((_, value) -> filled(value, ports));
        return all;
    }

    /** What Kafka keeps three times elsewhere is kept once. */
    private static Map<String, String> alone() {
        return Map.of(
                "node.id", String.valueOf(NODE),
                "process.roles", "broker,controller",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    /**
     * Fewer internal partitions and threads start faster; the cleaner's buffer alone would be 128
     * MiB of heap. A group begins as soon as its first member is there: nobody waits three seconds
     * for others at every start.
     */
    private static Map<String, String> small() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "100",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20),
                "metric.reporters", "");
    }

    private static String filled(String value, Ports ports) {
        return value.replace("${clients}", String.valueOf(ports.clients()))
                .replace("${controller}", String.valueOf(ports.controller()));
    }
}
