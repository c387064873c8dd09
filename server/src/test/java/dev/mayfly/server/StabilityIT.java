package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.registry.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does without its database. */
class StabilityIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    private LiveServer server(String url) throws IOException {
        return LiveServer.start(folder, url, folder);
    }

    private static void until(LiveServer server, String app, String text) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(server.ask(app)).contains(text));
    }

    private static void untilDegraded(LiveServer server) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(server.health()).contains("degraded"));
    }

    @Test
    void aServerServesOnWithoutItsDatabaseStartsWithoutItAndCatchesUp() throws Exception {
        try (TestDatabase database = TestDatabase.start()) {
            try (LiveServer server = server(database.url())) {
                server.upload();
                server.patch("/v1/apps/shop/secrets", Map.of("set", Map.of("word", "planted")));
                server.deploy("shop", LiveServer.manifest("shop", "one"), Map.of());
                assertThat(server.ask("shop")).contains("MARK=one", "WORD=planted");
                database.stop();
                untilDegraded(server);
                assertThat(server.get("/v1/status").path("database").asText()).isEqualTo("away");
                assertThat(server.ask("shop")).contains("MARK=one");
                assertThat(
                                server.deploy("shop", LiveServer.manifest("shop", "two"), Map.of())
                                        .statusCode())
                        .isEqualTo(503);
            }
            assertThat(kept()).isNotEmpty().noneMatch(text -> text.contains("planted"));
            try (LiveServer server = server(database.url())) {
                assertThat(server.ask("shop")).contains("MARK=one", "WORD=planted");
                untilDegraded(server);
                database.begin();
                Awaitility.await()
                        .atMost(LONG)
                        .until(() ->
                                server.deploy(
                                                        "shop",
                                                        LiveServer.manifest("shop", "three"),
                                                        Map.of())
                                                .statusCode()
                                        == 201);
                until(server, "shop", "MARK=three");
                Awaitility.await()
                        .atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(server.health()).doesNotContain("degraded"));
            }
        }
    }

    private Iterable<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("known"))) {
            return files.map(StabilityIT::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
