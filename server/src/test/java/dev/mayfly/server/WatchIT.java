package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.registry.Scope;
import dev.mayfly.registry.TestDatabase;
import dev.mayfly.server.ApiServer.Reply;
import dev.mayfly.server.ApiServer.Sent;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those are told that watch over a server. */
class WatchIT {
    @TempDir Path folder;

    @Test
    void aServerThatLacksSomethingIsReadyAndSaysWhat() {
        try (ApiServer server = new ApiServer(folder)) {
            assertThat(server.send(Sent.of("GET", "/health/live")).text())
                    .isEqualTo("{\"status\":\"live\",\"reasons\":[]}");
            Reply ready = server.send(Sent.of("GET", "/health/ready"));
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.text())
                    .isEqualTo("{\"status\":\"degraded\",\"reasons\":[\"a reason\"]}");
        }
    }

    @Test
    void metersAreTextInTheFormThatIsAskedFor() {
        try (ApiServer server = new ApiServer(folder)) {
            Sent sent = Sent.of("GET", "/metrics").as(server.token(Scope.READ));
            Reply plain = server.send(sent);
            assertThat(plain.field("content-type")).startsWith("text/plain; version=0.0.4");
            assertThat(plain.text()).contains("\nmayfly_runs_total{outcome=\"succeeded\"} 0.0\n");
            Reply open =
                    server.send(sent.with("accept", "application/openmetrics-text;version=1.0.0"));
            assertThat(open.field("content-type")).startsWith("application/openmetrics-text");
            assertThat(open.text()).endsWith("# EOF\n");
        }
    }

    @Test
    void aServerOnItsWayDownLivesButIsNotReady() throws Exception {
        try (TestDatabase database = TestDatabase.start();
                LiveServer server =
                        LiveServer.start(folder, database.url(), folder, "drain_delay", "30s")) {
            assertThat(server.watch("/health/ready").body())
                    .isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");
            Thread stopping = Thread.ofPlatform().start(server::stop);
            Awaitility.await().until(() -> server.watch("/health/ready").statusCode() == 503);
            assertThat(server.watch("/health/ready").body())
                    .isEqualTo("{\"status\":\"draining\",\"reasons\":[\"the server goes down\"]}");
            assertThat(server.watch("/health/live").statusCode()).isEqualTo(200);
            stopping.interrupt();
            stopping.join();
        }
    }

    @Test
    void metersNeedNoTokenWhereTheSettingsSaySo() throws Exception {
        try (TestDatabase database = TestDatabase.start();
                LiveServer server =
                        LiveServer.start(
                                folder, database.url(), folder, "metrics.public", "true")) {
            assertThat(server.watch("/metrics").body()).contains("mayfly_build_info");
        }
    }
}
