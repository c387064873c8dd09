package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.guests.Guests;
import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records, from a deploy to a dead letter that is sent again; a real server and a real broker. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes before all
final class EventsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir static Path folder;
    private static LocalBroker.Running broker;
    private static Topics topics;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        broker = new EmbeddedBroker().start(folder.resolve("broker"));
        topics = new Topics(broker.address());
        server =
                RunningServer.start(
                        folder,
                        Map.of(
                                "kafka.brokers",
                                broker.address(),
                                "kafka.topics",
                                "shop:*,other:other-*"));
    }

    @AfterAll
    static void stop() {
        server.close();
        broker.close();
    }

    private static Typed deploy(String app, String input) throws IOException {
        Path files = Files.createDirectories(folder.resolve("apps").resolve(app));
        Files.write(files.resolve("event.wasm"), Guests.module("event-rust"));
        Files.writeString(
                files.resolve("app.toml"),
                """
                manifest_version = 1
                app = { name = "%1$s" }
                [[trigger.kafka]]
                topics = ["%2$s"]
                start_from = "earliest"
                function = "event"
                output_topic = "%2$s-out"
                dead_letter_topic = "%2$s-failed"
                retry = { attempts = 2, backoff = "10ms" }
                [function.event]
                source = "event.wasm"
                """
                        .formatted(app, input));
        return server.mayfly("deploy", files.toString());
    }

    @Test
    void aRecordThatFailsIsListedShownAndRunAgain() throws Exception {
        Typed deploy = deploy("shop", "orders");
        assertThat(deploy.exit()).as(deploy.err()).isZero();
        topics.produce("orders", "k1", "text=invoice", "exit=7");
        assertThat(topics.first("orders-out", 1)).containsExactly("invoice");
        assertThat(topics.first("orders-failed", 1)).containsExactly("exit=7");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(server.mayfly("triggers", "shop").out())
                                .contains("shop/event")
                                .containsPattern("orders/0 +running +2 +0 +0 +0"));
        Typed list = server.mayfly("dlq", "list", "--app", "shop");
        assertThat(list.out()).contains("orders-failed/0/0", "k1", "event");
        Typed show = server.mayfly("dlq", "show", "orders-failed/0/0", "--app", "shop");
        assertThat(show.out())
                .contains("exit-code: 7", "attempts: 2", "source-topic: orders", "key: k1")
                .endsWith("value:\nexit=7\n");

        Typed replay = server.mayfly("dlq", "replay", "orders-failed/0/0", "--app", "shop");
        assertThat(replay.exit()).as(replay.err()).isZero();
        assertThat(replay.out()).isEqualTo("orders-failed/0/0 is now orders/0/2\n");
        assertThat(topics.first("orders-failed", 2)).containsExactly("exit=7", "exit=7");
        JsonNode all = server.json("dlq", "replay", "--all", "--limit", "1", "--app", "shop");
        assertThat(all.path("replayed").get(0).path("to").asText()).isEqualTo("orders/0/3");
        assertThat(topics.first("orders", 4)).hasSize(4);
    }

    @Test
    void anAppMayNotUseTopicsThatNoRuleAllowsIt() throws IOException {
        Typed deploy = deploy("other", "orders");

        assertThat(deploy.exit()).isEqualTo(3);
        assertThat(deploy.err())
                .contains("trigger.kafka[0].topics[0]", "add \"other:orders\" to kafka.topics");
    }

    @Test
    void whoMayNotChangeTheAppMayLookAndNotReplay() throws IOException {
        assertThat(deploy("shop", "looked-at").exit()).isZero();
        String reader =
                server.json("tokens", "create", "r", "--scope", "read").path("text").asText();

        assertThat(server.as(reader, "dlq", "list", "--app", "shop").exit()).isZero();
        Typed replay = server.as(reader, "dlq", "replay", "looked-at-failed/0/0", "-a", "shop");
        assertThat(replay.exit()).isEqualTo(4);
        assertThat(replay.err()).contains("the scope deploy:shop", "replayed 0 of 1 record");
    }

    @Test
    void whatIsNoDeadLetterIsNotHere() throws IOException {
        assertThat(deploy("shop", "empty").exit()).isZero();
        Typed show = server.mayfly("dlq", "show", "elsewhere/0/0", "--app", "shop");
        Typed usage = server.mayfly("dlq", "show", "elsewhere", "--app", "shop");
        Typed nothing = server.mayfly("dlq", "replay", "--app", "shop");

        assertThat(show.exit()).isEqualTo(4);
        assertThat(show.err()).contains("a dead letter of shop at elsewhere/0/0 is not here");
        assertThat(usage.exit()).isEqualTo(2);
        assertThat(usage.err()).contains("topic/partition/offset");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("--all");
    }
}
