package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways on one database, which is killed under load: no request is lost, deploys are refused
 * meanwhile, and both catch up afterwards. {@code -Pfaults} keeps it away for 30 seconds.
 */
class OutageIT {
    private static final boolean LONG = Integer.getInteger("mayfly.fuzz.runs", 0) > 0;
    private static final Duration AWAY = Duration.ofSeconds(LONG ? 30 : 6);
    private static final String KEY = "bWF5Zmx5IG1heWZseSBtYXlmbHkgbWF5Zmx5IDAwMDA=";

    @TempDir Path folder;
    private OwnPostgres database;
    private ServerProcess one;
    private ServerProcess two;

    @BeforeEach
    void open() throws Exception {
        database = new OwnPostgres(folder.resolve("postgres"));
        Map<String, String> settings = Map.of("database.url", database.url(), "secrets.keys", KEY);
        one = ServerProcess.start(folder.resolve("one").resolve("data"), settings);
        two = ServerProcess.start(folder.resolve("two").resolve("data"), settings);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : Stream.of(two, one, database).filter(e -> e != null).toList()) {
            each.close();
        }
    }

    @Test
    void theDatabaseGoesAndComesUnderLoad() throws Exception {
        AdminClient admin = one.admin();
        assertThat(admin.deploy(new Face("shop", "before")).status()).isEqualTo(201);
        awaitBoth("before");
        try (Load load = new Load(List.of(one.app(), two.app()))) {
            load.awaitMore(200);
            database.kill();
            awaitHealth(one, "degraded");
            awaitHealth(two, "degraded");
            assertRefused(admin);
            await().atMost(AWAY.plusMinutes(1))
                    .pollDelay(AWAY)
                    .until(() -> load.awaitMore(200) > 0);
            assertRefused(admin);
            database.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> admin.deploy(new Face("shop", "after")).status() == 201);
            awaitBoth("after");
            awaitHealth(one, "ok");
            awaitHealth(two, "ok");
            load.awaitMore(200);
            assertThat(load.lost()).isEmpty();
        }
    }

    private static void assertRefused(AdminClient admin) throws Exception {
        AdminClient.Reply refused = admin.deployUploaded(new Face("shop", "meanwhile"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.text()).contains("urn:mayfly:database-away");
    }

    private static void awaitHealth(ServerProcess server, String status) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Face.ask(server.app(), "/.well-known/mayfly/health")
                                .body()
                                .contains("\"" + status + "\""));
    }

    private void awaitBoth(String label) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(Face.of(one.app(), "shop")).isEqualTo(label);
                    assertThat(Face.of(two.app(), "shop")).isEqualTo(label);
                });
    }

    /** Callers that ask one server after the other, without a pause. */
    private static final class Load implements AutoCloseable {
        private static final int CALLERS = 4;

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong answered = new AtomicLong();
        private final Queue<String> lost = new ConcurrentLinkedQueue<>();

        Load(List<URI> servers) {
            for (int caller = 0; caller < CALLERS; caller++) {
                threads.execute(() -> call(servers));
            }
        }

        // Whatever goes wrong with a request, it is lost.
        @SuppressWarnings("IllegalCatch")
        private void call(List<URI> servers) {
            for (int i = 0; !over.get(); i++) {
                try {
                    Face.of(servers.get(i % servers.size()), "shop");
                    answered.incrementAndGet();
                } catch (Throwable t) {
                    lost.add(t.toString());
                }
            }
        }

        /** Waits for so many further answers. */
        long awaitMore(long more) {
            long before = answered.get();
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() >= before + more);
            return more;
        }

        List<String> lost() {
            return List.copyOf(lost);
        }

        @Override
        public void close() {
            over.set(true);
            threads.close();
        }
    }
}
