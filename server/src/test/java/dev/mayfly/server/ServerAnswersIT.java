package dev.mayfly.server;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.registry.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The answers of a whole server, which prepares and serves what it is told. */
@SuppressWarnings("NullAway.Init") // open comes before all
class ServerAnswersIT extends AnswersContract {
    @TempDir static Path folder;
    private TestDatabase database;
    private ServerStart.Running running;
    private LocalBroker.Running broker;
    private Registry registry;

    @Override
    ApiPeer open() throws Exception {
        database = TestDatabase.start();
        broker = new EmbeddedBroker().start(folder.resolve("broker"));
        writeADeadLetter();
        Map<String, String> kafka =
                Map.of("kafka.brokers", broker.address(), "kafka.topics", "shop:shop-*");
        running =
                switch (Server.start(LiveServer.settings(folder, database.url(), kafka))) {
                    case ServerStart.Running started -> started;
                    case ServerStart.Refused refused ->
                            throw new IllegalStateException(refused.toString());
                };
        registry =
                Registry.open(
                        RegistrySettings.defaults(
                                new DatabaseSettings.Server(database.url()),
                                folder.resolve("other")));
        return new ApiPeer(running.admin().port(), registry);
    }

    private void writeADeadLetter() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        ProducerRecord<String, String> letter = new ProducerRecord<>("shop-failed", "k", "v");
        Map.of("app", "shop", "source-topic", "shop-orders", "error", "exit code 3")
                .forEach((name, value) ->
                        letter.headers()
                                .add("mayfly-" + name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(letter).get();
        }
    }

    @AfterAll
    void close() {
        registry.close();
        running.server().close();
        broker.close();
        database.close();
    }
}
