package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database, with real guests behind real sockets. */
class ServerIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, Object> PLAIN = Map.of();
    private static final Map<String, Object> EVERYWHERE = Map.of("wait", "30s");

    @TempDir static Path folder;

    private static TestDatabase database;
    private static LiveServer here;
    private static LiveServer there;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.start();
        here = server("here");
        there = server("there");
        here.upload();
    }

    private static LiveServer server(String name) throws Exception {
        return LiveServer.start(folder.resolve(name), database.url(), folder.resolve("here"));
    }

    @AfterAll
    static void close() {
        there.close();
        here.close();
        database.close();
    }

    private static void awaitMark(LiveServer server, String app, String mark) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(server.ask(app)).contains("MARK=" + mark));
    }

    private static JsonNode deployed(String app, String mark, Map<String, Object> how) {
        HttpResponse<String> answer = here.deploy(app, LiveServer.manifest(app, mark), how);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return LiveServer.tree(answer.body());
    }

    @Test
    void whatIsDeployedHereIsServedHereAtOnceAndThereSoon() {
        JsonNode report = deployed("near", "one", EVERYWHERE);
        assertThat(report.path("revision").asInt()).isEqualTo(1);
        assertThat(here.ask("near")).contains("MARK=one");
        assertThat(there.ask("near")).contains("MARK=one");
        deployed("near", "two", PLAIN);
        assertThat(here.ask("near")).contains("MARK=two");
        awaitMark(there, "near", "two");
        assertThat(here.post("/v1/apps/near/rollback", Map.of()).statusCode()).isEqualTo(200);
        assertThat(here.ask("near")).contains("MARK=one");
        awaitMark(there, "near", "one");
    }

    @Test
    void theSameAgainIsUnchangedAndADryRunChangesNothing() {
        deployed("same", "one", PLAIN);
        JsonNode again = deployed("same", "one", PLAIN);
        assertThat(again.path("outcome").asText()).isEqualTo("unchanged");
        JsonNode plan = deployed("same", "two", Map.of("dry_run", true));
        assertThat(plan.path("outcome").asText()).isEqualTo("planned");
        assertThat(plan.path("changes").toString()).contains("function changed");
        assertThat(here.ask("same")).contains("MARK=one");
        assertThat(here.get("/v1/apps/same/revisions").path("revisions")).hasSize(1);
    }

    @Test
    void aRouteOfAnotherAppIsRefusedByName() {
        deployed("first", "one", PLAIN);
        String second = LiveServer.manifest("first", "one").replace("\"first\"", "\"second\"");
        HttpResponse<String> answer = here.deploy("second", second, PLAIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("routes-taken", "first");
    }

    @Test
    void whatCannotRunIsRefusedAndTheOldOneServesOn() {
        deployed("sound", "one", PLAIN);
        String broken =
                LiveServer.manifest("sound", "two")
                        + "check = [ { request = \"GET /sound/\", status = 404 } ]\n";
        HttpResponse<String> answer = here.deploy("sound", broken, PLAIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(here.ask("sound")).contains("MARK=one");
    }

    @Test
    void aSecretThatIsSetReachesTheFunctionOfEveryServer() {
        deployed("safe", "one", EVERYWHERE);
        HttpResponse<String> set =
                here.patch("/v1/apps/safe/secrets", Map.of("set", Map.of("word", "planted")));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(here.ask("safe")).contains("WORD=planted");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(there.ask("safe")).contains("WORD=planted"));
    }

    @Test
    void aRevisionWithoutTrafficIsSeenByWhoeverHasATokenAndByNobodyElse() {
        deployed("look", "one", PLAIN);
        deployed("look", "two", Map.of("percent", 0));
        assertThat(here.ask("look")).contains("MARK=one");
        assertThat(here.preview("look", 2, here.token()))
                .contains("MARK=two")
                .doesNotContain(here.token());
        assertThat(there.preview("look", 2, here.token())).contains("MARK=two");
        assertThat(here.preview("look", 2, "mf_of_nobody")).startsWith("status 4");
        assertThat(here.preview("look", 9, here.token())).startsWith("status 4");
        assertThat(here.ask("look")).contains("MARK=one");
    }

    @Test
    void anAppThatIsDeletedIsGoneEverywhereAndItsRouteIsFree() {
        deployed("gone", "one", EVERYWHERE);
        assertThat(here.delete("/v1/apps/gone").statusCode()).isEqualTo(200);
        assertThat(here.ask("gone")).isEqualTo("status 404");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(there.ask("gone")).isEqualTo("status 404"));
        String heir = LiveServer.manifest("gone", "heir").replace("\"gone\"", "\"heir\"");
        HttpResponse<String> answer = here.deploy("heir", heir, EVERYWHERE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(there.ask("gone")).contains("MARK=heir");
    }
}
