package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server killed in the middle of a deploy. After the restart the old or the new revision answers,
 * whole, as the registry says, nothing is half stored, and the deploy can be made again. {@code
 * -Pfaults} kills at each step with five seeds; otherwise at two steps with one.
 */
class CrashIT {
    private static final boolean LONG = Integer.getInteger("mayfly.fuzz.runs", 0) > 0;
    private static final List<Moment> MOMENTS =
            LONG ? List.of(Moment.values()) : List.of(Moment.COMMIT, Moment.SWITCH);
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private static final int SEEDS = Integer.getInteger("mayfly.crash.seeds", LONG ? 5 : 1);

    @TempDir Path folder;
    private int revision;

    @Test
    void afterAKillTheOldOrTheNewRevisionAnswersWhole() throws Exception {
        System.out.printf(
                "CrashIT: kills at %s, %d seeds, mayfly.fuzz.seed=%d%n", MOMENTS, SEEDS, SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        Face old = next();
        start(server -> assertThat(server.admin().deploy(old).status()).isEqualTo(201));
        Face before = old;
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Moment moment : MOMENTS) {
                before = killAt(moment, before, random.nextInt(moment == Moment.READ ? 20 : 5));
            }
        }
    }

    private Face next() {
        return new Face("shop", "face" + ++revision);
    }

    /** What a test does with a server that runs. */
    private interface Work {
        void with(ServerProcess server) throws Exception;
    }

    private void start(Work work) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of())) {
            work.with(server);
        }
    }

    /** Kills a deploy of the next revision, looks at what is left; what is served in the end. */
    private Face killAt(Moment moment, Face before, int millis) throws Exception {
        Face next = next();
        String tried = moment + " + " + millis + " ms, seed " + SEED;
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of())) {
            awaitFace(server, before);
            deployUntil(moment, server, next);
            server.killAfter(millis);
        }
        start(server -> {
            String answers = awaitAnswer(server);
            assertThat(answers).as(tried).isIn(before.label(), next.label());
            assertThat(messageOfLive(server)).as(tried).isEqualTo(answers);
            try (DatabaseSight database = database()) {
                assertThat(database.halves()).as(tried).isZero();
            }
            assertThat(server.admin().deploy(next).status()).as(tried).isIn(200, 201);
            awaitFace(server, next);
        });
        return next;
    }

    private void deployUntil(Moment moment, ServerProcess server, Face next) throws Exception {
        AdminClient admin = server.admin();
        try (DatabaseSight database = database()) {
            Moment.Seen seen = new Moment.Seen(server, database, folder.resolve("cache"), next);
            List<byte[]> artifacts = List.copyOf(next.artifacts().values());
            admin.upload(artifacts.getFirst());
            if (moment != Moment.STAGE) {
                admin.upload(artifacts.getLast());
                if (moment == Moment.DRAIN) {
                    aside(() -> Face.ask(server.app(), "/shop/?sleep=20000"));
                }
                aside(() -> admin.deployUploaded(next));
            } else {
                aside(() -> {
                    admin.upload(artifacts.getLast());
                    return "uploaded";
                });
            }
            moment.await(seen);
        }
    }

    /** A call that the kill may break off. */
    private interface Call {
        Object make() throws Exception;
    }

    // Whatever it ends with: what matters is what the next start finds.
    @SuppressWarnings("IllegalCatch")
    private static void aside(Call call) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        call.make();
                    } catch (Exception e) {
                        System.out.println("CrashIT: broken off: " + e);
                    }
                });
    }

    private DatabaseSight database() throws IOException, SQLException {
        Path database = folder.resolve("data").resolve("database");
        List<String> postmaster = Files.readAllLines(database.resolve("data/postmaster.pid"));
        int port = Integer.parseInt(postmaster.get(3).strip());
        return new DatabaseSight(
                port, "mayfly", Files.readString(database.resolve("password")).strip());
    }

    private static void awaitFace(ServerProcess server, Face face) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(Face.of(server.app(), "shop")).isEqualTo(face.label()));
    }

    private static String awaitAnswer(ServerProcess server) throws Exception {
        Awaitility.await().until(() -> Face.ask(server.app(), "/shop/").statusCode() == 200);
        return Face.of(server.app(), "shop");
    }

    private static String messageOfLive(ServerProcess server) throws Exception {
        var app = server.admin().get("/v1/apps/shop").json();
        return app.at("/revision/message").asText();
    }
}
