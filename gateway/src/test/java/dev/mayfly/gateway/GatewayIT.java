package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.mayfly.manifest.Manifests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real guests behind a real port. */
class GatewayIT {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path folder;

    private Gateway open(String... settings) {
        return Gateway.open(PlayedServer.settings(folder, settings));
    }

    private AppFolder files() {
        return new AppFolder(folder.resolve("app"));
    }

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    private static String get(RawClient client, String target, String end) {
        return client.send(GET.formatted(target)).readUntil(end);
    }

    @Test
    void aFunctionAnswersFromAFreshCopyEachTime() {
        try (Gateway gateway = open()) {
            AppSource app = files().with("echo-c").app(AppFolder.function("/...", "echo-c"));
            assertThat(gateway.deploy(app))
                    .asInstanceOf(type(DeployResult.Deployed.class))
                    .satisfies(done -> assertThat(done.routes()).hasSize(1));
            try (RawClient client = new RawClient(port(gateway))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(get(client, "/a?count", "count 1\n"))
                            .startsWith("HTTP/1.1 200")
                            .contains("server: Mayfly")
                            .endsWith("count 1\n");
                }
            }
        }
    }

    @Test
    void staticRoutesAndUnknownPathsNeedNoGuest() {
        try (Gateway gateway = open()) {
            gateway.deploy(
                    files().app(
                                    "[[trigger.http]]\nroute = \"/old\"\n"
                                            + "static_response = { status = 301,"
                                            + " headers = { location = \"/new\" } }\n"));
            try (RawClient client = new RawClient(port(gateway))) {
                assertThat(get(client, "/old", "\r\n\r\n"))
                        .startsWith("HTTP/1.1 301")
                        .contains("location: /new");
                assertThat(get(client, "/other", "}"))
                        .startsWith("HTTP/1.1 404")
                        .contains("application/problem+json");
            }
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheRun() {
        try (Gateway gateway = open()) {
            AppSource app = files().with("echo-c").app(AppFolder.function("/...", "echo-c"));
            gateway.deploy(app);
            RawClient client = new RawClient(port(gateway));
            client.send(GET.formatted("/a?loop"));
            await().until(() -> gateway.stats().runningSandboxes() == 1);
            client.close();
            await().until(() -> gateway.stats().runningSandboxes() == 0);
            await().until(() -> gateway.stats().running() == 0);
        }
    }

    @Test
    void aDeployThatIsRefusedLeavesWhatIsServed() {
        try (Gateway gateway = open()) {
            AppFolder files = files().with("echo-c").with("broken.wasm", new byte[] {1, 2, 3});
            gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
            DeployResult refused = gateway.deploy(files.app(AppFolder.function("/x", "broken")));
            assertThat(refused)
                    .asInstanceOf(type(DeployResult.Refused.class))
                    .satisfies(no ->
                            assertThat(no.problems())
                                    .isNotEmpty()
                                    .allSatisfy(problem ->
                                            assertThat(problem.key())
                                                    .isEqualTo("function.broken")));
            DeployResult missing = gateway.deploy(files.app(AppFolder.function("/x", "absent")));
            assertThat(missing).isInstanceOf(DeployResult.Refused.class);
            try (RawClient client = new RawClient(port(gateway))) {
                assertThat(get(client, "/a?text=still", "still")).contains("200 OK");
            }
        }
    }

    @Test
    void noRequestIsDroppedWhileAnAppIsDeployedAgainAndAgain() throws Exception {
        try (Gateway gateway = open()) {
            AppSource app = files().with("echo-c").app(AppFolder.function("/...", "echo-c"));
            gateway.deploy(app);
            int port = port(gateway);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger good = new AtomicInteger();
            AtomicInteger bad = new AtomicInteger();
            Thread caller = Thread.ofVirtual().start(() -> callUntil(over, port, good, bad));
            for (int i = 0; i < 10; i++) {
                int seen = good.get();
                assertThat(gateway.deploy(app)).isInstanceOf(DeployResult.Deployed.class);
                await().until(() -> good.get() > seen || bad.get() > 0);
            }
            over.set(true);
            caller.join();
            assertThat(bad).hasValue(0);
        }
    }

    private static void callUntil(
            AtomicBoolean over, int port, AtomicInteger good, AtomicInteger bad) {
        try (RawClient client = new RawClient(port)) {
            while (!over.get()) {
                boolean fine = get(client, "/a?text=there", "there").startsWith("HTTP/1.1 200");
                (fine ? good : bad).incrementAndGet();
            }
        }
    }

    @Test
    void runningRequestsFinishWhileTheServerStops() throws Exception {
        Gateway gateway = open("drain_timeout", "10s");
        AppSource app = files().with("echo-c").app(AppFolder.function("/...", "echo-c"));
        gateway.deploy(app);
        int port = port(gateway);
        try (RawClient running = new RawClient(port);
                RawClient idle = new RawClient(port)) {
            assertThat(get(idle, "/a?text=idle", "idle")).startsWith("HTTP/1.1 200");
            running.send(GET.formatted("/a?sleep=700&text=late"));
            await().until(() -> gateway.stats().runningSandboxes() == 1);
            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            assertThat(running.readAll()).contains("connection: close").endsWith("late");
            assertThat(idle.readAll()).isEmpty();
            stopping.join();
        }
    }

    @Test
    void aLargeBodyReachesTheGuestThroughTheSpool() {
        try (Gateway gateway = open()) {
            AppSource app = files().with("echo-c").app(AppFolder.function("/...", "echo-c"));
            gateway.deploy(app);
            byte[] body = "0123456789abcdef".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
            try (RawClient client = new RawClient(port(gateway))) {
                client.send(
                        "POST /a?echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n");
                client.send(body);
                String answer = client.readAll();
                assertThat(answer)
                        .startsWith("HTTP/1.1 200")
                        .contains("0123456789abcdef".repeat(9));
            }
            await().until(() -> gateway.stats().spoolFiles() == 0);
            assertThat(gateway.stats().spoolBytes()).isZero();
        }
    }

    @Test
    void inspectTellsWhatAModuleIsMadeOf() {
        files().with("hello-c");
        Inspection seen = inspected("app/hello-c.wasm");
        assertThat(seen.problems()).isEmpty();
        assertThat(seen.make().orElseThrow().form()).isEqualTo("command");
        assertThat(seen.make().orElseThrow().entrypoint()).isEqualTo("_start");
        Inspection.Sample sample = seen.sample().orElseThrow();
        assertThat(sample.ending()).isEqualTo("exited with 0");
        assertThat(sample.dirtyPages()).isPositive();
        assertThat(sample.hostCalls()).isPositive();
        assertThat(sample.time()).isPositive();
    }

    @Test
    void inspectTellsWhatCouldBeSeenOfAModuleThatDoesNotLoad() {
        files().with("reactor-entropy-c");
        Inspection seen = inspected("app/reactor-entropy-c.wasm");
        assertThat(seen.problems()).singleElement().asString().contains("random");
        assertThat(seen.make().orElseThrow().form()).isEqualTo("reactor");
        assertThat(seen.sample()).isEmpty();
    }

    @Test
    void inspectOfWhatIsNotThereSaysSo() {
        Inspection seen = inspected("none.wasm");
        assertThat(seen.problems()).singleElement().asString().contains("none.wasm");
        assertThat(seen.make()).isEmpty();
    }

    private Inspection inspected(String module) {
        AppSource app = new AppSource(folder, Manifests.bareModule("alone", module));
        return Gateway.inspect(app, "alone", PlayedServer.settings(folder));
    }
}
