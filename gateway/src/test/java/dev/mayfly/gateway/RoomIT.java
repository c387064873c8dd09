package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server has room for in all: bodies on disk, and connections. */
class RoomIT {
    private static final String HEALTH =
            "GET /.well-known/mayfly/health HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir Path folder;

    private Gateway open(String... settings) {
        Gateway gateway = Gateway.open(PlayedServer.settings(folder, settings));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
        return gateway;
    }

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    @Test
    @Tag("limit:spool.budget")
    void aBodyThatCannotBeKeptIsRefusedByItsAnnouncedLength() {
        try (Gateway gateway = open("spool.budget", "100KiB");
                RawClient client = new RawClient(port(gateway))) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 503")
                    .contains("no room for the request body", "retry-after: 1\r\n");
            assertThat(gateway.stats().spoolFiles()).isZero();
            Scrape scrape = Scrape.of(gateway);
            assertThat(scrape.value("mayfly_requests_rejected_total{cause=\"spool_full\"}"))
                    .isEqualTo(1);
            assertThat(scrape.value("mayfly_spool_used_bytes")).isZero();
            assertThat(scrape.value("mayfly_spool_limit_bytes")).isEqualTo(100 << 10);
        }
    }

    @Test
    @Tag("limit:BodyIntake.MOST_IN_MEMORY")
    void aBodyThatIsTooLargeForMemoryWaitsOnDisk() {
        try (Gateway gateway = open();
                RawClient client = new RawClient(port(gateway))) {
            client.send("POST /?echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
            client.send("x".repeat(64 << 10));
            assertThat(Scrape.of(gateway).value("mayfly_spool_files")).isZero();
            client.send("x".repeat(100_000));
            await().until(() -> Scrape.of(gateway).value("mayfly_spool_files") == 1);
            assertThat(Scrape.of(gateway).value("mayfly_spool_used_bytes")).isGreaterThan(64 << 10);
            client.send("x".repeat(200_000 - 100_000 - (64 << 10)));
            client.readUntil("\r\n\r\n");
            await().until(() -> Scrape.of(gateway).value("mayfly_spool_files") == 0);
        }
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedWhereItStopsFitting() {
        try (Gateway gateway = open("spool.budget", "100KiB");
                RawClient client = new RawClient(port(gateway))) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("40000\r\n").send(new byte[0x40000]);
            assertThat(client.readUntil("\"}"))
                    .startsWith("HTTP/1.1 503")
                    .contains("no room for the request body");
            await().until(() -> gateway.stats().spoolBytes() == 0);
        }
    }

    @Test
    @Tag("limit:max_connections")
    void aConnectionTooManyIsTurnedAwayAndLeavesRoomWhenOthersGo() {
        try (Gateway gateway = open("max_connections", "2")) {
            int port = port(gateway);
            try (RawClient first = new RawClient(port);
                    RawClient second = new RawClient(port)) {
                assertThat(first.send(HEALTH).readUntil("}")).startsWith("HTTP/1.1 200");
                assertThat(second.send(HEALTH).readUntil("}")).startsWith("HTTP/1.1 200");
                try (RawClient third = new RawClient(port)) {
                    assertThat(third.readAll())
                            .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                            .contains("retry-after: 1\r\n", "application/problem+json")
                            .contains("connection: close\r\n");
                }
                assertThat(first.send(HEALTH).readUntil("}")).contains("HTTP/1.1 200");
                assertThat(Scrape.of(gateway).value("mayfly_connections_refused_total"))
                        .isEqualTo(1);
            }
            await().until(() -> gateway.stats().connections() == 0);
            try (RawClient next = new RawClient(port)) {
                assertThat(next.send(HEALTH).readUntil("}")).startsWith("HTTP/1.1 200");
            }
        }
    }
}
