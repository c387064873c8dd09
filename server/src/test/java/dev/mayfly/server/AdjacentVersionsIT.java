package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.registry.TestDatabase;
import dev.mayfly.server.AdminClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade of one server after the other: a whole server of an earlier version and one of this
 * version over one database. Builds the earlier one, so it runs with {@code -Pfaults} only.
 */
class AdjacentVersionsIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir Path folder;

    @Test
    void twoServersOfAdjacentVersionsServeTheSame() throws Exception {
        assumeTrue(Integer.getInteger("mayfly.fuzz.runs", 0) > 0, "it is slow: run with -Pfaults");
        assumeTrue(FormerServer.isKnown(), "the history does not go back to the former version");
        Path checkout = folder.resolve("former");
        FormerServer.checkOut(checkout);
        try (TestDatabase database = TestDatabase.start();
                FormerServer former = former(checkout, database)) {
            Awaitility.await().atMost(LONG).until(former::isReady);
            Path tokens = folder.resolve("former-data/admin.token");
            Awaitility.await().atMost(LONG).until(() -> Files.exists(tokens));
            AdminClient old = former.admin(Files.readString(tokens).strip());
            deployed(old, new Face("shop", "one"));
            try (ServerProcess present = present(database)) {
                AdminClient fresh = present.admin(old.token());
                awaitFace(present.app(), "one");
                deployed(fresh, new Face("shop", "two"));
                awaitFace(former.app(), "two");
                deployed(old, new Face("shop", "three"));
                awaitFace(present.app(), "three");
                assertThat(fresh.post("/v1/apps/shop/rollback", Map.of()).status()).isEqualTo(200);
                awaitFace(former.app(), "two");
                assertThat(fresh.get("/v1/status").json().path("gateways")).hasSize(2);
                former.stop();
                deployed(fresh, new Face("shop", "four"));
                awaitFace(present.app(), "four");
            }
        }
    }

    private FormerServer former(Path checkout, TestDatabase database) throws IOException {
        return FormerServer.start(
                checkout,
                folder.resolve("former-data"),
                Map.of(
                        "MAYFLY_DATABASE_URL", database.url(),
                        "MAYFLY_SECRETS_KEYS", KEY,
                        "MAYFLY_CACHE_FOLDER", folder.resolve("former-cache").toString(),
                        "MAYFLY_SPOOL_FOLDER", folder.resolve("former-spool").toString()));
    }

    private ServerProcess present(TestDatabase database) throws IOException {
        return ServerProcess.start(
                folder.resolve("present/data"),
                Map.of("database.url", database.url(), "secrets.keys", KEY));
    }

    private static void deployed(AdminClient admin, Face face) throws Exception {
        Reply reply = admin.deploy(face);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private static void awaitFace(URI server, String label) {
        Awaitility.await()
                .atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(Face.of(server, "shop")).isEqualTo(label));
    }
}
