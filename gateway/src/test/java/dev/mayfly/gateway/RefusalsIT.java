package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each cause of a refusal moves the meter that names it. */
class RefusalsIT {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String POST =
            "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";

    /** Before, nobody is turned away for what the last ones took. */
    private static final int RUNS_THAT_SAY_ENOUGH = 16;

    @TempDir Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // every test begins with serve
    private Gateway gateway;

    private int port;

    private void serve(String limits, String... settings) {
        gateway = Gateway.open(PlayedServer.settings(folder, settings));
        open.add(gateway);
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        String route = AppFolder.function("/a", "echo-c", "limits = { " + limits + " }");
        String toml = route.replace("function = ", "methods = [\"GET\", \"POST\"]\nfunction = ");
        assertThat(gateway.deploy(files.app(toml))).isInstanceOf(DeployResult.Deployed.class);
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private RawClient client() {
        RawClient client = new RawClient(port);
        open.add(client);
        return client;
    }

    private void awaitMeter(String sample) {
        await().until(() -> Scrape.of(gateway).value(sample) == 1);
    }

    @Test
    @Tag("limit:function.limits.queue")
    @Tag("limit:function.limits.concurrency")
    void aFullQueue() {
        serve("concurrency = 1, queue = 1");
        client().send(GET.formatted("/a?loop"));
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        client().send(GET.formatted("/a"));
        await().until(() -> Scrape.of(gateway).value("mayfly_queued") == 1);
        assertThat(Scrape.of(gateway).value("mayfly_sandboxes{state=\"running\"}")).isEqualTo(1);
        assertThat(client().send(GET.formatted("/a")).readUntil("\r\n")).contains("503");
        awaitMeter("mayfly_refusals_total{cause=\"queue_full\"}");
        awaitMeter(
                "mayfly_function_refusals_total"
                        + "{app=\"shop\",cause=\"queue_full\",function=\"echo-c\",revision=\"0\"}");
    }

    @Test
    @Tag("limit:function.limits.queue_timeout")
    void aWaitThatIsTooLong() {
        serve("concurrency = 1, queue_timeout = \"50ms\"");
        client().send(GET.formatted("/a?loop"));
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        assertThat(client().send(GET.formatted("/a")).readUntil("\r\n")).contains("503");
        awaitMeter("mayfly_refusals_total{cause=\"queue_timeout\"}");
    }

    @Test
    @Tag("limit:function.limits.queue_timeout")
    void aWaitThatWouldBeTooLong() {
        serve("concurrency = 1, queue_timeout = \"50ms\"");
        for (int run = 1; run <= RUNS_THAT_SAY_ENOUGH; run++) {
            client().send(GET.formatted("/a?sleep=80")).readUntil("\r\n");
            int before = run;
            await().until(() -> gateway.functions().runs() == before);
        }
        client().send(GET.formatted("/a?loop"));
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        assertThat(client().send(GET.formatted("/a")).readUntil("\r\n")).contains("503");
        awaitMeter("mayfly_refusals_total{cause=\"too_long_a_wait\"}");
    }

    @Test
    @Tag("limit:memory.budget")
    void aMemoryBudgetThatIsUsedUp() {
        serve("concurrency = 1");
        Scrape roomy = Scrape.of(gateway);
        double loaded =
                roomy.value("mayfly_memory_used_bytes{kind=\"images\"}")
                        + roomy.value("mayfly_memory_used_bytes{kind=\"classes\"}");
        serve("concurrency = 1", "memory.budget", (int) (loaded / 1024 + 16) + "KiB");
        assertThat(client().send(GET.formatted("/a")).readUntil("\r\n")).contains("503");
        awaitMeter("mayfly_refusals_total{cause=\"no_memory\"}");
    }

    @Test
    void aClientThatLeavesTheQueue() {
        serve("concurrency = 1");
        client().send(GET.formatted("/a?loop"));
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        RawClient waits = client();
        waits.send(GET.formatted("/a"));
        await().until(() -> Scrape.of(gateway).value("mayfly_queued") == 1);
        waits.close();
        awaitMeter("mayfly_abandoned_total");
    }

    @ParameterizedTest
    @CsvSource({
        "malformed, GET /%zz HTTP/1.1",
        "no_route, GET /b HTTP/1.1",
        "method_not_allowed, PUT /a HTTP/1.1",
    })
    void whatReachesNoRoute(String cause, String line) {
        serve("concurrency = 1");
        client().send(line + "\r\nHost: localhost\r\n\r\n");
        awaitMeter("mayfly_requests_rejected_total{cause=\"" + cause + "\"}");
    }

    @Test
    @Tag("limit:Listener.MAX_TARGET")
    @Tag("limit:Listener.MAX_HEADERS")
    void targetsAndHeadersThatAreTooLong() {
        serve("concurrency = 1");
        client().send(GET.formatted("/" + "x".repeat(9_000)));
        awaitMeter("mayfly_requests_rejected_total{cause=\"target_too_long\"}");
        client().send("GET /a HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        awaitMeter("mayfly_requests_rejected_total{cause=\"headers_too_large\"}");
    }

    @Test
    @Tag("limit:header_timeout")
    @Tag("limit:body_timeout")
    void headersAndBodiesThatDoNotCome() {
        serve("concurrency = 1", "header_timeout", "50ms", "body_timeout", "50ms");
        client().send("GET /a HTTP/1.1\r\n");
        awaitMeter("mayfly_requests_rejected_total{cause=\"header_timeout\"}");
        client().send(POST.formatted(10) + "abc");
        awaitMeter("mayfly_requests_rejected_total{cause=\"body_timeout\"}");
    }

    @Test
    @Tag("limit:function.limits.request_body")
    void aBodyThatIsTooLong() {
        serve("request_body = \"1KiB\"");
        assertThat(client().send(POST.formatted(2_000)).readUntil("\r\n")).contains("413");
        awaitMeter("mayfly_requests_rejected_total{cause=\"body_too_large\"}");
    }

    @Test
    void aSpoolFolderThatCannotBeHad() throws Exception {
        Files.writeString(folder.resolve("spool"), "a file where the folder should be");
        serve("request_body = \"1MiB\"");
        client().send(POST.formatted(200_000) + "x".repeat(200_000));
        awaitMeter("mayfly_requests_rejected_total{cause=\"spool_full\"}");
    }
}
