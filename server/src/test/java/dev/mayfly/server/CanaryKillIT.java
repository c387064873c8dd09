package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.registry.TestDatabase;
import dev.mayfly.server.AdminClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gradual rollout whose server is killed, not closed: the other one of the two goes on where it
 * was. Starts a server twice for each kill, so it runs with {@code -Pfaults} only.
 */
class CanaryKillIT {
    private static final boolean LONG_SLICE = Integer.getInteger("mayfly.fuzz.runs", 0) > 0;
    private static final int KILLS = 5;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir Path folder;

    @Test
    void aRolloutGoesOnWhenTheServerThatTakesItsStepsIsKilled() throws Exception {
        assumeTrue(LONG_SLICE, "it is slow: run with -Pfaults");
        System.out.printf("CanaryKillIT: %d kills, mayfly.fuzz.seed=%d%n", KILLS, SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            killed("run" + i, random.nextInt(2000));
        }
    }

    /**
     * The lease is kept while any rollout goes on, so one that has long steps ties it to {@code
     * one}.
     */
    private void killed(String run, int millis) throws Exception {
        try (TestDatabase database = TestDatabase.start();
                ServerProcess one = start(database, run + "/one")) {
            Token token = new Token(one);
            begin(token.of(one), "holding", 10, "1h");
            begin(token.of(one), "shown", 50, "1s");
            awaitState(token.of(one), "shown", "done 100");
            try (ServerProcess two = start(database, run + "/two")) {
                begin(token.of(one), "shop", 10, "5s");
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> !state(token.of(two), "shop").equals("running 10"));
                assertThat(state(token.of(two), "shop")).startsWith("running");
                one.killAfter(millis);
                awaitState(token.of(two), "shop", "done 100");
                assertThat(state(token.of(two), "holding")).isEqualTo("running 10");
                Awaitility.await().atMost(LONG).until(() -> isNew(two));
            }
        }
    }

    private static boolean isNew(ServerProcess server) throws Exception {
        return Face.ask(server.app(), "/shop/?env").body().contains("MARK=new");
    }

    private static void awaitState(AdminClient admin, String app, String state) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(state(admin, app)).isEqualTo(state));
    }

    /** Of the server that made it; good for both. */
    private record Token(String text) {
        Token(ServerProcess first) {
            this(first.admin().token());
        }

        AdminClient of(ServerProcess server) {
            return server.admin(text);
        }
    }

    private ServerProcess start(TestDatabase database, String name) throws IOException {
        Path data = folder.resolve(name).resolve("data");
        return ServerProcess.start(
                data, Map.of("database.url", database.url(), "secrets.keys", KEY));
    }

    private static void begin(AdminClient admin, String app, int percent, String step)
            throws Exception {
        admin.upload(LiveServer.MODULE);
        deploy(admin, app, "old", Map.of());
        Map<String, Object> canary = Map.of("percent", percent, "step", step, "abort_on", "5xx>1%");
        deploy(admin, app, "new", Map.of("canary", canary));
    }

    private static void deploy(AdminClient admin, String app, String mark, Map<String, Object> more)
            throws Exception {
        Map<String, Object> wish = new HashMap<>(more);
        wish.put("manifest", LiveServer.manifest(app, mark));
        wish.put("artifacts", Map.of("f.wasm", "sha256:" + LiveServer.DIGEST.hex()));
        wish.put("message", mark);
        Reply reply = admin.post("/v1/apps/" + app + "/deploys", wish);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private static String state(AdminClient admin, String app) throws Exception {
        var canary = admin.get("/v1/apps/" + app + "/canary").json();
        return canary.path("state").asText() + " " + canary.path("percent").asText();
    }
}
