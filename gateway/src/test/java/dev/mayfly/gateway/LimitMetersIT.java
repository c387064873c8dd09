package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits with their setting, what answers when they are met, and the meter that shows it. */
class LimitMetersIT {
    @TempDir Path folder;

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    private static String ask(int port, String line) {
        try (RawClient client = new RawClient(port)) {
            return client.send(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readAll();
        }
    }

    private Gateway serve(String toml) {
        Gateway gateway = Gateway.open(PlayedServer.settings(folder));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        assertThat(gateway.deploy(files.app(toml))).isInstanceOf(DeployResult.Deployed.class);
        return gateway;
    }

    private static void awaitMeter(Gateway gateway, String sample) {
        await().until(() -> Scrape.of(gateway).value(sample) == 1);
    }

    @ParameterizedTest
    @Tag("limit:function.limits.timeout")
    @Tag("limit:function.limits.cpu")
    @Tag("limit:function.limits.stack")
    @Tag("limit:function.limits.response_body")
    @CsvSource({
        "timeout, 200ms, /?loop, 504, deadline",
        "cpu, 100ms, /?loop, 504, cpu",
        "stack, 256KiB, /?recurse, 500, trapped",
        "response_body, 1KiB, /?body=10000, 502, output_exceeded",
    })
    void aRunThatMeetsItsLimit(
            String key, String value, String target, int status, String outcome) {
        String limits = "limits = { " + key + " = \"" + value + "\" }";
        try (Gateway gateway = serve(AppFolder.function("/...", "echo-c", limits))) {
            assertThat(ask(port(gateway), "GET " + target)).startsWith("HTTP/1.1 " + status);
            awaitMeter(gateway, "mayfly_runs_total{outcome=\"" + outcome + "\"}");
        }
    }

    @Test
    @Tag("limit:function.limits.memory")
    void memoryThatARunMayNotHaveIsNotGrown() {
        String limits = "limits = { memory = \"2MiB\" }";
        try (Gateway gateway = serve(AppFolder.function("/...", "echo-c", limits))) {
            int port = port(gateway);
            assertThat(ask(port, "GET /?grow=31")).startsWith("HTTP/1.1 200").contains("grow -1");
            assertThat(ask(port, "GET /?grow=4")).startsWith("HTTP/1.1 200").contains("dirty 0");
            await().until(() -> Scrape.of(gateway).value("mayfly_grown_pages_sum") == 4);
        }
    }

    @Test
    @Tag("limit:Sandbox.KEPT_GROWTH")
    void aSandboxThatGrewFarIsThrownAway() {
        try (Gateway gateway = serve(AppFolder.function("/...", "echo-c"))) {
            int port = port(gateway);
            assertThat(ask(port, "GET /?grow=256")).startsWith("HTTP/1.1 200");
            awaitMeter(gateway, "mayfly_resets_total");
            assertThat(Scrape.of(gateway).value("mayfly_discards_total")).isZero();
            assertThat(ask(port, "GET /?grow=257")).startsWith("HTTP/1.1 200");
            awaitMeter(gateway, "mayfly_discards_total");
        }
    }

    @Test
    @Tag("limit:CgiResponse.MOST_HEAD")
    void aHeadWithoutAnEnd() {
        try (Gateway gateway = serve(AppFolder.function("/...", "echo-c"));
                RawClient client = new RawClient(port(gateway))) {
            client.send(
                    "POST /?head=X:%20&echo HTTP/1.1\r\nHost: x\r\n"
                            + "Connection: close\r\nContent-Length: 70000\r\n\r\n"
                            + "x".repeat(70_000));
            assertThat(client.readAll()).startsWith("HTTP/1.1 502");
            awaitMeter(gateway, "mayfly_runs_total{outcome=\"broken\"}");
        }
    }

    @Test
    @Tag("limit:trigger.http.rate_limit")
    void aCallerThatMeetsItsRateLimit() {
        String limited =
                "[[trigger.http]]\nroute = \"/limited\"\nfunction = \"echo-c\"\n"
                        + "rate_limit = { requests = 1, per = \"1h\" }\n";
        try (Gateway gateway = serve(limited + AppFolder.function("/free", "echo-c"))) {
            int port = port(gateway);
            assertThat(ask(port, "GET /limited")).startsWith("HTTP/1.1 200");
            assertThat(ask(port, "GET /limited")).startsWith("HTTP/1.1 429");
            awaitMeter(gateway, "mayfly_rate_limit_limited_total{app=\"shop\",route=\"/limited\"}");
        }
    }
}
