package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of a server by their setting, what is seen where they are met, and their meter. */
class ServerLimitsIT {
    @TempDir Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // every test begins with serve
    private Gateway gateway;

    private int port;

    private void serve(String toml, String... settings) {
        gateway = Gateway.open(PlayedServer.settings(folder, settings));
        open.add(gateway);
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        assertThat(gateway.deploy(files.app(toml))).isInstanceOf(DeployResult.Deployed.class);
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private RawClient ask(String target, String... fields) {
        RawClient client = new RawClient(port);
        open.add(client);
        String head = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
        return client.send(head + String.join("", fields) + "\r\n");
    }

    private double meter(String sample) {
        return Scrape.of(gateway).value(sample);
    }

    /** A route and a function of the name, which may take a minute. */
    private static String patient(String name) {
        return """
        [[trigger.http]]
        route = "/%s"
        function = "%s"
        [function.%s]
        source = "echo-c.wasm"
        limits = { timeout = "1m", queue_timeout = "1m" }
        """
                .formatted(name, name, name);
    }

    @Test
    @Tag("limit:runtime.guest_threads")
    @Tag("limit:runtime.max_blocked")
    void runsWaitWhenEveryThreadAndEverySpareIsTaken() {
        serve(
                patient("a") + patient("b") + patient("c"),
                "runtime.guest_threads",
                "1",
                "runtime.max_blocked",
                "1");
        ask("/c").readUntil("\r\n"); // only functions that did something are looked at
        RawClient first = ask("/a?sleep=50000");
        await().until(() -> meter("mayfly_sandboxes{state=\"running\"}") == 1);
        ask("/b?sleep=50000");
        await().until(() -> meter("mayfly_sandboxes{state=\"running\"}") == 2);
        RawClient third = ask("/c");
        await().until(() -> meter("mayfly_queued") == 1);
        await().until(() -> meter("mayfly_guest_threads{state=\"blocked\"}") >= 1);
        assertThat(meter("mayfly_sandboxes{state=\"running\"}")).isEqualTo(2);
        first.close();
        assertThat(third.readUntil("\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    @Tag("limit:idle_timeout")
    void aConnectionWithoutARequestIsClosed() {
        serve(patient("a"), "idle_timeout", "300ms");
        RawClient client = ask("/a");
        client.readUntil("\r\n\r\n");
        assertThat(meter("mayfly_connections")).isEqualTo(1);
        client.readAll();
        await().until(() -> meter("mayfly_connections") == 0);
    }

    @Test
    @Tag("limit:rate_limit.callers")
    void aRateLimitRemembersNoMoreCallersThanItMay() {
        String limited =
                "rate_limit = { requests = 2, per = \"1h\", by = \"header:x-key\" }\nfunction = ";
        serve(
                AppFolder.function("/...", "echo-c").replace("function = ", limited),
                "rate_limit.callers",
                "3");
        for (int caller = 0; caller < 30; caller++) {
            String key = "X-Key: " + caller + "\r\n";
            assertThat(ask("/", key).readUntil("\r\n")).startsWith("HTTP/1.1 200");
        }
        await().until(() -> meter("mayfly_rate_limit_callers{app=\"shop\",route=\"/...\"}") == 3);
    }

    @Test
    @Tag("limit:metrics.functions")
    void moreFunctionsThanMayHaveSeriesAreInTheTotals() {
        serve(patient("a") + patient("b"), "metrics.functions", "1");
        ask("/a").readUntil("\r\n");
        await().until(() -> gateway.functions().runs() == 1);
        String runs = "mayfly_function_runs_total{app=\"shop\",function=\"";
        assertThat(Scrape.of(gateway).with(runs + "a\"")).isNotEmpty();
        ask("/b").readUntil("\r\n");
        await().until(() -> gateway.functions().runs() == 2);
        assertThat(Scrape.of(gateway).with(runs + "b\"")).isEmpty();
        assertThat(meter("mayfly_runs_total{outcome=\"succeeded\"}")).isEqualTo(2);
        assertThat(meter("mayfly_functions{tier=\"hot\"}")).isEqualTo(2);
    }

    @Test
    @Tag("limit:cache.max_bytes")
    void whatIsKeptOnDiskStaysBelowItsLimit() {
        serve(patient("a"));
        double kept = meter("mayfly_cache_used_bytes");
        assertThat(kept).isPositive();
        serve(patient("a"), "cache.max_bytes", (int) (kept - 1) + "B");
        ask("/a").readUntil("\r\n");
        assertThat(meter("mayfly_cache_limit_bytes")).isEqualTo(kept - 1);
        assertThat(meter("mayfly_cache_used_bytes")).isLessThan(kept);
    }
}
