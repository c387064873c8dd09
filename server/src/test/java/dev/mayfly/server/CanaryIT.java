package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.registry.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gradual rollouts over two servers. */
class CanaryIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    private LiveServer server(TestDatabase database, String name) throws IOException {
        return LiveServer.start(folder.resolve(name), database.url(), folder.resolve("one"));
    }

    private static void begin(LiveServer server, String second, String rule) {
        server.upload();
        server.deploy("shop", LiveServer.manifest("shop", "old"), Map.of("wait", "30s"));
        Map<String, Object> canary = Map.of("percent", 10, "step", "1s", "abort_on", rule);
        HttpResponse<String> answer = server.deploy("shop", second, Map.of("canary", canary));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String traffic(LiveServer server) {
        return server.get("/v1/apps/shop/traffic").path("traffic").toString();
    }

    private static void until(LiveServer server, String traffic) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(traffic(server)).isEqualTo(traffic));
    }

    @Test
    void aRolloutGoesOnWhenTheServerThatBeganItIsGone() throws Exception {
        try (TestDatabase database = TestDatabase.start();
                LiveServer other = server(database, "one")) {
            try (LiveServer first = server(database, "two")) {
                begin(first, LiveServer.manifest("shop", "new"), "5xx>1%");
                Awaitility.await().atMost(LONG).until(() -> !traffic(other).contains(":90"));
            }
            until(other, "{\"2\":100}");
            Awaitility.await().atMost(LONG).until(() -> other.ask("shop").contains("MARK=new"));
        }
    }

    @Test
    void aRolloutWhoseRuleIsMetIsTakenBack() throws Exception {
        try (TestDatabase database = TestDatabase.start();
                LiveServer first = server(database, "one");
                LiveServer second = server(database, "two")) {
            String failing =
                    """
                    manifest_version = 1
                    [app]
                    name = "shop"
                    [[trigger.http]]
                    route = "/shop/..."
                    static_response = { status = 500, body = "no" }
                    """;
            begin(first, failing, "5xx>10%");
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> {
                        for (int i = 0; i < 50; i++) {
                            first.ask("shop");
                            second.ask("shop");
                        }
                        assertThat(first.get("/v1/apps/shop/canary").path("state").asText())
                                .isEqualTo("aborted");
                    });
            until(first, "{\"1\":100}");
        }
    }
}
