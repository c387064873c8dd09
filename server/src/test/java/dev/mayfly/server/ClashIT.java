package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.server.AdminClient.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys that meet at the admin API: one wins, the others are told why not. */
class ClashIT {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 100 : 3;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    @TempDir Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        System.out.printf("ClashIT: %d runs, mayfly.fuzz.seed=%d%n", RUNS, SEED);
        server = ServerProcess.start(folder.resolve("data"), Map.of());
    }

    @AfterEach
    void stop() {
        threads.close();
        server.close();
    }

    @Test
    void ofDeploysOfOneAppAtOneVersionOneWins() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(SEED + run);
            String app = "app" + run;
            List<Callable<Reply>> deploys = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(3); i++) {
                Face face = new Face(app, "run" + run + "by" + i);
                upload(face);
                deploys.add(() -> server.admin().deployUploaded(face, "0"));
            }
            List<Reply> replies = atOnce(deploys);
            assertThat(replies)
                    .as("run %d", run)
                    .filteredOn(reply -> reply.status() == 201)
                    .hasSize(1);
            assertThat(replies)
                    .as("run %d", run)
                    .filteredOn(reply -> reply.status() != 201)
                    .allSatisfy(reply -> {
                        assertThat(reply.status()).as(reply.text()).isEqualTo(412);
                        assertThat(reply.json().path("type").asText())
                                .isEqualTo("urn:mayfly:stale");
                    });
            awaitWinner(app, app);
        }
    }

    @Test
    void ofAppsThatClaimOneRouteOneGetsIt() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(SEED - run);
            String route = "route" + run;
            List<Callable<Reply>> deploys = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                Face face = new Face("run" + run + "by" + i, "run" + run + "by" + i, route);
                upload(face);
                deploys.add(() -> server.admin().deployUploaded(face));
            }
            List<Reply> replies = atOnce(deploys);
            List<Reply> won = replies.stream().filter(reply -> reply.status() == 201).toList();
            assertThat(won).as("run %d: %s", run, replies).hasSize(1);
            String owner = won.getFirst().json().path("app").asText();
            assertThat(replies)
                    .as("run %d", run)
                    .filteredOn(reply -> reply.status() != 201)
                    .allSatisfy(reply -> assertNames(owner, reply));
            awaitWinner(route, owner);
        }
    }

    private static void assertNames(String owner, Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(409);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:mayfly:routes-taken");
        JsonNode clash = reply.json().path("clashes").path(0);
        assertThat(clash.path("app").asText()).isEqualTo(owner);
    }

    private void upload(Face face) throws Exception {
        for (byte[] artifact : face.artifacts().values()) {
            server.admin().upload(artifact);
        }
    }

    private void awaitWinner(String route, String app) {
        Awaitility.await()
                .until(() ->
                        Face.of(server.app(), route)
                                .equals(
                                        server.admin()
                                                .get("/v1/apps/" + app)
                                                .json()
                                                .at("/revision/message")
                                                .asText()));
    }

    private List<Reply> atOnce(List<Callable<Reply>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<Reply>> running = new ArrayList<>();
        for (Callable<Reply> call : calls) {
            running.add(
                    threads.submit(() -> {
                        start.await();
                        return call.call();
                    }));
        }
        List<Reply> replies = new ArrayList<>();
        for (Future<Reply> each : running) {
            replies.add(each.get());
        }
        return replies;
    }
}
