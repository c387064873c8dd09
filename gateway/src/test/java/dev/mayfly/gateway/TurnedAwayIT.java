package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a full function refuses by their heads alone. */
class TurnedAwayIT {
    private static final String FULL =
            "limits = { concurrency = 1, queue = 1, timeout = \"1m\", queue_timeout = \"1m\" }";

    @TempDir Path folder;
    private Gateway gateway;
    private int port;
    private RawClient running;
    private RawClient waiting;

    /** One run in the only sandbox, one in the only place of the queue. */
    @BeforeEach
    void fill() {
        gateway = Gateway.open(PlayedServer.settings(folder, "spool.budget", "1MiB"));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c", FULL)));
        port = ((Binding.Bound) gateway.listen()).address().port();
        running = new RawClient(port);
        running.send("GET /?loop HTTP/1.1\r\nHost: x\r\n\r\n");
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        waiting = new RawClient(port);
        waiting.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await().until(() -> gateway.stats().running() == 2);
    }

    @AfterEach
    void close() {
        running.close();
        waiting.close();
        gateway.close();
    }

    private static String post(long length, String more) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n" + more + "\r\n";
    }

    private void assertNothingSpooled() {
        assertThat(gateway.stats().spoolFiles()).isZero();
        assertThat(gateway.stats().spoolBytes()).isZero();
    }

    @Test
    @Tag("refused.early")
    void aClientThatAsksFirstIsToldNoInPlaceOfGoAhead() {
        try (RawClient client = new RawClient(port)) {
            String answer = client.send(post(1_000_000, "Expect: 100-continue\r\n")).readAll();
            assertThat(answer)
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("retry-after: ", "connection: close\r\n");
        }
        assertNothingSpooled();
    }

    @Test
    @Tag("refused.early")
    void aLargeBodyIsAnsweredWhileItIsSentAndKeptNowhere() {
        try (RawClient client = new RawClient(port)) {
            client.send(post(10_000_000, ""));
            assertThat(client.readUntil("\"}"))
                    .startsWith("HTTP/1.1 503")
                    .contains("retry-after: ", "connection: close\r\n");
            assertNothingSpooled();
            client.send(new byte[10_000_000]);
            assertThat(client.readAll()).isIn("", "<reset>");
            assertNothingSpooled();
        }
    }

    @Test
    @Tag("refused.early")
    void aConnectionWithAShortBodyServesOn() {
        try (RawClient client = new RawClient(port)) {
            client.send(post(100_000, ""));
            assertThat(client.readUntil("\"}"))
                    .startsWith("HTTP/1.1 503")
                    .doesNotContain("connection: close");
            client.send(new byte[100_000]);
            client.send("GET /.well-known/mayfly/health HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 200");
        }
        assertNothingSpooled();
    }
}
