package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server goes down. */
class StoppingIT {
    private static final String HEALTH =
            "GET /.well-known/mayfly/health HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String SLOW = "GET /?sleep=%s&text=late HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir Path folder;

    private Gateway serving(String... settings) {
        Gateway gateway = Gateway.open(PlayedServer.settings(folder, settings));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
        return gateway;
    }

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    @Test
    void itReportsFirstThenServesOnForTheDelayThenTakesNoMore() throws Exception {
        Gateway gateway = serving("drain_delay", "700ms");
        int port = port(gateway);
        try (RawClient client = new RawClient(port)) {
            assertThat(client.send(HEALTH).readUntil("}")).startsWith("HTTP/1.1 200");
            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            await().until(() -> client.send(HEALTH).readUntil("}\n").contains("503"));
            assertThat(client.send(SLOW.formatted(1)).readUntil("late"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("connection: close");
            stopping.join();
            assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    @Tag("limit:drain_timeout")
    void whatRunsLongerThanTheTimeoutIsBrokenOff() throws Exception {
        Gateway gateway = serving("drain_timeout", "300ms");
        try (RawClient client = new RawClient(port(gateway))) {
            client.send(SLOW.formatted(4000));
            await().until(() -> gateway.stats().runningSandboxes() == 1);
            long begun = System.nanoTime();
            gateway.stop();
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(3));
            assertThat(client.readAll()).doesNotContain("late");
        }
    }

    @Test
    void http2StreamsFinishToo() throws Exception {
        Gateway gateway = serving("drain_timeout", "10s");
        int port = port(gateway);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            URI there = URI.create("http://127.0.0.1:" + port + "/?sleep=600&text=late");
            HttpRequest quick = HttpRequest.newBuilder(there.resolve("/?text=quick")).build();
            client.send(quick, HttpResponse.BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(
                            HttpRequest.newBuilder(there).build(),
                            HttpResponse.BodyHandlers.ofString());
            await().until(() -> gateway.stats().runningSandboxes() == 1);
            gateway.stop();
            assertThat(slow.get(5, TimeUnit.SECONDS).body()).isEqualTo("late");
            assertThat(slow.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void aTakenPortIsSaidNotThrown() {
        try (Gateway first = serving()) {
            int port = port(first);
            try (Gateway second = serving("listen", String.valueOf(port))) {
                assertThat(second.listen()).isInstanceOf(Binding.Unavailable.class);
            }
        }
    }

    @Test
    void sigtermEndsTheProcessWith0WhenAllIsFinished() throws Exception {
        try (Child child = new Child(folder)) {
            RawClient client = new RawClient(child.port());
            client.send(SLOW.formatted(500));
            child.untilRunning();
            child.process.destroy();
            assertThat(client.readAll()).endsWith("late");
            assertThat(child.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process.exitValue()).isZero();
        }
    }

    @Test
    void aSecondSigtermEndsItAtOnce() throws Exception {
        try (Child child = new Child(folder)) {
            RawClient client = new RawClient(child.port());
            client.send(SLOW.formatted(4500));
            child.untilRunning();
            child.process.destroy();
            await().until(() -> refusesConnections(child.port()));
            child.process.destroy();
            assertThat(child.process.waitFor(3, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process.exitValue()).isEqualTo(143);
        }
    }

    private static boolean refusesConnections(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.send("x").readAll().isEmpty();
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** A server in a process of its own. */
    private static final class Child implements AutoCloseable {
        final Process process;
        private final BufferedReader out;
        private final int port;

        Child(Path folder) throws Exception {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            ServedApp.class.getName(),
                                            folder.toString()))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            out = process.inputReader();
            port = Integer.parseInt(out.readLine());
        }

        int port() {
            return port;
        }

        void untilRunning() throws Exception {
            assertThat(out.readLine()).isEqualTo("running");
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
