package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.registry.Digest;
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
 * was. {@code -Pfaults} kills at five moments, otherwise at one.
 */
class CanaryKillIT {
    private static final int KILLS = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 5 : 1;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir Path folder;

    @Test
    void aRolloutGoesOnWhenTheServerThatTakesItsStepsIsKilled() throws Exception {
        System.out.printf("CanaryKillIT: %d kills, mayfly.fuzz.seed=%d%n", KILLS, SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            killed("run" + i, random.nextInt(2000));
        }
    }

    private void killed(String run, int millis) throws Exception {
        try (TestDatabase database = TestDatabase.start();
                ServerProcess one = start(database, run + "/one");
                ServerProcess two = start(database, run + "/two")) {
            AdminClient admin = new Token(one).of(one);
            begin(admin);
            Awaitility.await().atMost(LONG).until(() -> steps(one, 20) || steps(two, 20));
            ServerProcess holder = steps(one, 20) ? one : two;
            ServerProcess other = holder == one ? two : one;
            String tried = run + " + " + millis + " ms, seed " + SEED;
            assertThat(other.hasSaid("% of the traffic")).as(tried).isFalse();
            AdminClient left = new Token(one).of(other);
            holder.killAfter(millis);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(state(left)).as(tried).isEqualTo("done 100"));
            assertThat(steps(other, 100)).as(tried).isTrue();
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(Face.ask(other.app(), "/shop/?env").body())
                                    .as(tried)
                                    .contains("MARK=new"));
        }
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

    private static void begin(AdminClient admin) throws Exception {
        byte[] module = Guests.module("echo-c");
        admin.upload(module);
        deploy(admin, module, "old", Map.of("wait", "30s"));
        Map<String, Object> canary = Map.of("percent", 10, "step", "3s", "abort_on", "5xx>1%");
        deploy(admin, module, "new", Map.of("canary", canary));
    }

    private static void deploy(
            AdminClient admin, byte[] module, String mark, Map<String, Object> more)
            throws Exception {
        Map<String, Object> wish = new HashMap<>(more);
        wish.put("manifest", LiveServer.manifest("shop", mark));
        wish.put("artifacts", Map.of("f.wasm", Digests.text(Digest.of(module))));
        wish.put("message", mark);
        Reply reply = admin.post("/v1/apps/shop/deploys", wish);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    /** Whether this server gave the new revision so much. */
    private static boolean steps(ServerProcess server, int percent) {
        return server.hasSaid("revision 2 gets " + percent + " % of the traffic");
    }

    private static String state(AdminClient admin) throws Exception {
        var canary = admin.get("/v1/apps/shop/canary").json();
        return canary.path("state").asText() + " " + canary.path("percent").asText();
    }
}
