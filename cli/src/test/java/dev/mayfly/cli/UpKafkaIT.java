package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher with a broker of its own. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class UpKafkaIT {
    private static final String APP =
            """
            manifest_version = 1
            app = { name = "shop" }
            [[trigger.kafka]]
            topics = ["orders"]
            start_from = "earliest"
            function = "event"
            output_topic = "invoices"
            [function.event]
            source = "event.wasm"
            """;

    @TempDir static Path shared;
    private static Installation installed;

    @TempDir Path folder;

    @BeforeAll
    static void install() throws IOException {
        installed = Installation.in(shared.resolve("a checkout"));
    }

    private ProcessBuilder up(String... more) throws IOException {
        Files.writeString(folder.resolve("app.toml"), APP);
        Files.write(folder.resolve("event.wasm"), Guests.module("event-rust"));
        ProcessBuilder up = installed.command(folder, more);
        up.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        return up;
    }

    @Test
    void anAppRunsOnRecordsOfAnEmbeddedBrokerWhichKeepsThemOverARestart() throws Exception {
        String address;
        try (ServedApp app = ServedApp.start(up("up", "--kafka", "embedded", "--listen", "0"))) {
            address = address(app);
            Topics topics = new Topics(address);
            topics.produce("orders", "k", "text=first");
            assertThat(topics.first("invoices", 1)).containsExactly("first");
            assertThat(app.terminate()).isZero();
            assertThat(app.err()).isEmpty();
        }
        try (ServedApp app = ServedApp.start(up("up", "--kafka", "embedded", "--listen", "0"))) {
            assertThat(address(app)).isEqualTo(address);
            Topics topics = new Topics(address);
            topics.produce("orders", "k", "text=second");
            assertThat(topics.first("invoices", 2)).containsExactly("first", "second");
        }
    }

    private static String address(ServedApp app) {
        return app.out().stream()
                .filter(line -> line.startsWith("Kafka on "))
                .findFirst()
                .orElseThrow()
                .substring("Kafka on ".length());
    }

    @Test
    void withoutKafkaATriggerIsRefusedWithWhatToDo() throws Exception {
        Typed up = Installation.run(up("up", "--listen", "0"));

        assertThat(up.exit()).isEqualTo(3);
        assertThat(up.err())
                .contains(
                        "app.toml:3",
                        "no Kafka brokers",
                        "set kafka.brokers, or mayfly up --kafka");
    }

    @Test
    void anInstallationWithoutTheBrokersFolderSaysSo() throws Exception {
        Installation bare = Installation.in(folder.resolve("bare"));
        Folders.delete(bare.path("cli/target/mayfly/kafka"));
        up();
        Typed up = Installation.run(bare.command(folder, "up", "--kafka", "embedded"));

        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.err()).contains("no embedded Kafka broker", "--kafka localhost:9092");
    }
}
