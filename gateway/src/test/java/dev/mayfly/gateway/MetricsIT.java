package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the meters say of real guests behind a real port. */
class MetricsIT {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path folder;

    private Gateway serve(String toml, String... settings) {
        Gateway gateway = Gateway.open(PlayedServer.settings(folder, settings));
        deploy(gateway, toml);
        return gateway;
    }

    private void deploy(Gateway gateway, String toml) {
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c").with("hello-c");
        assertThat(gateway.deploy(files.app(toml))).isInstanceOf(DeployResult.Deployed.class);
    }

    private static String echo(String... lines) {
        return AppFolder.function("/...", "echo-c", lines);
    }

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    private static int get(RawClient client, String target) {
        client.send(GET.formatted(target));
        String head = client.readUntil("\r\n\r\n");
        int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
        assertThat(client.read(length)).hasSize(length);
        return Integer.parseInt(head.substring(9, 12));
    }

    private static void askTenTimesAndOnceForAFailure(RawClient client) {
        for (int i = 0; i < 10; i++) {
            assertThat(get(client, "/a?grow=2&count")).isEqualTo(200);
        }
        assertThat(get(client, "/a?exit=3&nothing")).isEqualTo(502);
    }

    @Test
    void whatRunsUsedIsSeenOfTheFunctionAndOfAll() {
        try (Gateway gateway = serve(echo());
                RawClient client = new RawClient(port(gateway))) {
            askTenTimesAndOnceForAFailure(client);
            String tags = "app=\"shop\",function=\"echo-c\"";
            String tagged = tags + ",revision=\"0\"";
            String route =
                    "mayfly_route_seconds_count{" + tagged + ",route=\"/...\",status=\"%s\"}";
            // A request is counted once its answer is on its way, which the client may have by
            // then.
            await().until(() -> gateway.stats().running() == 0);
            Scrape scrape = Scrape.of(gateway);
            String runs = "mayfly_function_runs_total{" + tags + ",outcome=\"";
            assertThat(scrape.value(runs + "succeeded\",revision=\"0\"}")).isEqualTo(10);
            assertThat(scrape.value(runs + "failed\",revision=\"0\"}")).isEqualTo(1);
            assertThat(scrape.value("mayfly_runs_total{outcome=\"succeeded\"}")).isEqualTo(10);
            assertThat(scrape.value("mayfly_function_grown_pages_sum{" + tagged + "}"))
                    .isEqualTo(20);
            assertThat(scrape.value("mayfly_grown_pages_bucket{le=\"1.0\"}")).isEqualTo(1);
            assertThat(scrape.value("mayfly_grown_pages_bucket{le=\"4.0\"}")).isEqualTo(11);
            assertThat(scrape.value("mayfly_function_dirty_pages_sum{" + tagged + "}"))
                    .isGreaterThan(11 * 2 * 16 - 32);
            assertThat(scrape.value("mayfly_function_host_calls_sum{" + tagged + "}"))
                    .isGreaterThanOrEqualTo(22);
            assertThat(scrape.value("mayfly_guest_seconds_count")).isEqualTo(11);
            assertThat(scrape.value("mayfly_guest_seconds_sum")).isBetween(1e-6, 60.0);
            // Two if a request came while the sandbox of the one before was still on its way back.
            assertThat(scrape.value("mayfly_function_sandboxes{" + tagged + ",state=\"idle\"}"))
                    .isBetween(1.0, 2.0);
            assertThat(scrape.value("mayfly_functions{tier=\"hot\"}")).isEqualTo(1);
            assertThat(scrape.value("mayfly_requests_total{status=\"2xx\"}")).isEqualTo(10);
            assertThat(scrape.value("mayfly_requests_total{status=\"5xx\"}")).isEqualTo(1);
            assertThat(scrape.value(route.formatted("2xx"))).isEqualTo(10);
            assertThat(scrape.value(route.formatted("5xx"))).isEqualTo(1);
            assertThat(scrape.value("mayfly_connections")).isEqualTo(1);
            assertThat(scrape.value("mayfly_connections_accepted_total")).isEqualTo(1);
        }
    }

    @Test
    void aFunctionThatIsGoneHasNoSeriesAndStaysInTheTotals() {
        try (Gateway gateway = serve(echo());
                RawClient client = new RawClient(port(gateway))) {
            get(client, "/a");
            assertThat(Scrape.of(gateway).with("function=\"echo-c\"")).isNotEmpty();
            deploy(gateway, AppFolder.function("/...", "hello-c"));
            assertThat(Scrape.of(gateway).with("echo-c")).isEmpty();
            get(client, "/a");
            Scrape scrape = Scrape.of(gateway);
            assertThat(scrape.with("function=\"hello-c\"")).isNotEmpty();
            assertThat(scrape.with("echo-c")).isEmpty();
            assertThat(scrape.value("mayfly_runs_total{outcome=\"succeeded\"}")).isEqualTo(2);
        }
    }

    @Test
    void aFunctionThatWasReplacedBeginsAnewUnderTheSameName() {
        try (Gateway gateway = serve(echo());
                RawClient client = new RawClient(port(gateway))) {
            String runs =
                    "mayfly_function_runs_total{app=\"shop\",function=\"echo-c\","
                            + "outcome=\"succeeded\",revision=\"0\"}";
            get(client, "/a");
            get(client, "/a");
            assertThat(Scrape.of(gateway).value(runs)).isEqualTo(2);
            deploy(gateway, echo());
            get(client, "/a");
            assertThat(Scrape.of(gateway).value(runs)).isEqualTo(1);
            assertThat(Scrape.of(gateway).value("mayfly_runs_total{outcome=\"succeeded\"}"))
                    .isEqualTo(3);
        }
    }

    @Test
    void aFunctionThatNobodyCalledHasNoSeries() {
        try (Gateway gateway = serve(echo())) {
            port(gateway);
            Scrape scrape = Scrape.of(gateway);
            assertThat(scrape.with("echo-c")).isEmpty();
            assertThat(scrape.value("mayfly_functions{tier=\"warm\"}")).isEqualTo(1);
        }
    }

    @Test
    void noTagComesFromARequest() {
        try (Gateway gateway = serve(echo());
                RawClient client = new RawClient(port(gateway))) {
            client.send(
                    "GET /needle?needle HTTP/1.1\r\nHost: needle\r\nX-Request-Id: needle\r\n"
                            + "Needle: needle\r\n\r\n");
            client.readUntil("\r\n\r\n");
            await().until(() -> gateway.stats().requests() == 1);
            assertThat(gateway.metrics()).doesNotContain("needle");
        }
    }

    @Test
    void runsThatWereEndedAreToldByTheCause() {
        String limits = "limits = { timeout = \"300ms\", response_body = \"1KiB\" }";
        try (Gateway gateway = serve(echo(limits))) {
            int port = port(gateway);
            try (RawClient gone = new RawClient(port)) {
                gone.send(GET.formatted("/a?loop"));
                await().until(() -> gateway.stats().runningSandboxes() == 1);
            }
            await().until(() -> ended(gateway, "cancelled") == 1);
            try (RawClient client = new RawClient(port)) {
                assertThat(get(client, "/a?loop")).isEqualTo(504);
                assertThat(ended(gateway, "deadline")).isEqualTo(1);
                assertThat(get(client, "/a?trap")).isEqualTo(500);
                assertThat(ended(gateway, "trapped")).isEqualTo(1);
                client.send(GET.formatted("/a?body=100000"));
                await().until(() -> ended(gateway, "output_exceeded") == 1);
            }
        }
    }

    private static double ended(Gateway gateway, String outcome) {
        return Scrape.of(gateway).value("mayfly_runs_total{outcome=\"" + outcome + "\"}");
    }
}
