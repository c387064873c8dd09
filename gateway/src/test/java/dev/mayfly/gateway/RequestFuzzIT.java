package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that were damaged at random, to a server with a guest. {@code -Dmayfly.fuzz.runs=100000}
 * for the long run, {@code -Dmayfly.fuzz.seed} to repeat one.
 */
class RequestFuzzIT {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 3000);
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private static final String GOOD = "GET /g?text=fine HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir Path folder;

    /**
     * What must not grow.
     *
     * @param threads of this process
     * @param descriptors open files and sockets of this process
     * @param sandboxes leased
     * @param spooled bodies on disk
     * @param connections of the server
     */
    private record Held(
            int threads, long descriptors, int sandboxes, int spooled, int connections) {
        static Held by(Gateway gateway) {
            GatewayStats stats = gateway.stats();
            return new Held(
                    threadsOfOurs(),
                    openFiles(),
                    stats.runningSandboxes(),
                    stats.spoolFiles(),
                    stats.connections());
        }

        private static int threadsOfOurs() {
            return (int)
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().matches("guest-.*|mayfly-.*|vert.*"))
                            .count();
        }

        private static long openFiles() {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void noDamageReachesTheServerOrComesBackAsAStackTrace() throws Exception {
        System.out.println("request fuzz: seed " + SEED + ", runs " + RUNS);
        try (Gateway gateway = Gateway.open(settings())) {
            AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
            gateway.deploy(files.app(routes()));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            Queue<String> leaks = new ConcurrentLinkedQueue<>();
            fuzz(port, Math.min(RUNS, 500), SEED + 1, leaks); // everything is loaded by then
            settled(gateway);
            Held before = Held.by(gateway);
            fuzz(port, RUNS, SEED, leaks);
            assertThat(leaks).as("seed %s", SEED).isEmpty();
            settled(gateway);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(Held.by(gateway)).isEqualTo(before));
            try (RawClient client = new RawClient(port)) {
                assertThat(client.send(GOOD).readUntil("fine")).startsWith("HTTP/1.1 200");
            }
        }
    }

    private ServerSettings settings() {
        return PlayedServer.settings(
                folder,
                "header_timeout",
                "150ms",
                "body_timeout",
                "150ms",
                "idle_timeout",
                "150ms");
    }

    private static String routes() {
        return AppFolder.function("/g/...", "echo-c", "limits = { timeout = \"500ms\" }")
                + "[[trigger.http]]\nroute = \"/s/:id\"\n"
                + "static_response = { status = 200, body = \"static\" }\n";
    }

    private static void settled(Gateway gateway) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> gateway.stats().connections() == 0 && gateway.stats().running() == 0);
    }

    private static void fuzz(int port, int runs, long seed, Queue<String> leaks)
            throws InterruptedException {
        Semaphore slots = new Semaphore(48);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < runs; i++) {
                byte[] request = new DamagedRequest(seed + i).bytes();
                boolean leaves = (seed + i) % 7 == 0;
                slots.acquire();
                clients.execute(() -> {
                    try {
                        exchange(port, request, leaves, leaks);
                    } finally {
                        slots.release();
                    }
                });
            }
        }
    }

    private static void exchange(int port, byte[] request, boolean leaves, Queue<String> leaks) {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            if (!leaves) {
                String answer = client.readAll();
                if (isLeak(answer)) {
                    leaks.add(answer);
                }
            }
        } catch (UncheckedIOException e) {
            // The server may close while we still write: damaged requests earn that.
            assertThat(e.getCause()).isInstanceOf(SocketException.class);
        }
    }

    private static boolean isLeak(String answer) {
        return answer.contains("Exception")
                || answer.contains("\tat ")
                || answer.contains("io.netty")
                || answer.contains("dev.mayfly")
                || !(answer.isEmpty()
                        || answer.startsWith("HTTP/1.")
                        || answer.startsWith("<reset>")
                        || answer.startsWith("\0\0"));
    }
}
