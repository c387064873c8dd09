package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away and comes back at the same address. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BrokerAwayIT {
    private static final String APP =
            AppFolder.function("/...", "echo-c")
                    + """
                    [[trigger.kafka]]
                    topics = ["in"]
                    start_from = "earliest"
                    function = "event"
                    output_topic = "out"
                    [function.event]
                    source = "event-rust.wasm"
                    """;

    @TempDir Path folder;

    @Test
    void healthSaysThatTheBrokersAreAwayRequestsAreServedOnAndRecordsRunWhenTheyAreBack()
            throws Exception {
        EmbeddedBroker embedded = new EmbeddedBroker();
        LocalBroker.Running broker = embedded.start(folder.resolve("broker"));
        Topics topics = new Topics(broker.address());
        try (Gateway gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder,
                                "kafka.brokers",
                                broker.address(),
                                "kafka.topics",
                                "*:*"))) {
            gateway.deploy(
                    new AppFolder(folder.resolve("app"))
                            .with("event-rust")
                            .with("echo-c")
                            .app(APP));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            topics.produce("in", "k", "text=before");
            topics.first("out", 1);
            assertThat(health(port)).contains("\"ok\"");

            broker.close();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(health(port)).contains("degraded", "\"kafka\""));
            assertThat(ask(port, "/x")).startsWith("HTTP/1.1 200");

            broker = embedded.start(folder.resolve("broker"));
            topics.produce("in", "k", "text=after");
            assertThat(topics.first("out", 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("before", "after");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(health(port)).contains("\"ok\""));
        } finally {
            broker.close();
        }
    }

    private static String health(int port) {
        return ask(port, "/.well-known/mayfly/health");
    }

    private static String ask(int port, String path) {
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return client.readAll();
        }
    }
}
