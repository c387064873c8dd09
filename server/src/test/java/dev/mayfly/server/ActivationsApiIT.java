package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to real functions, as the API remembers them and sends them again. */
class ActivationsApiIT {
    @TempDir static Path folder;
    private static TestDatabase database;
    private static LiveServer server;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.start();
        server = LiveServer.start(folder, database.url(), folder);
        server.upload();
        deploy("plain", "one", "");
        deploy("recorded", "one", "record = \"bodies\"\n");
    }

    @AfterAll
    static void close() {
        server.close();
        database.close();
    }

    private static void deploy(String app, String mark, String more) {
        HttpResponse<String> answer =
                server.deploy(app, LiveServer.manifest(app, mark) + more, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Awaitility.await().until(() -> server.ask(app).contains("MARK=" + mark));
    }

    private static JsonNode newest(String app) {
        return server.get("/v1/activations?app=" + app).path("activations").path(0);
    }

    private static String token(String scope) {
        HttpResponse<String> made =
                server.post(
                        "/v1/tokens",
                        Map.of("name", "t", "scopes", List.of(scope), "lifetime", "1h"));
        return LiveServer.tree(made.body()).path("text").asText();
    }

    @Test
    void aRequestIsListedAndFoundByTheIdOfItsAnswer() {
        JsonNode listed = newest("plain");
        assertThat(listed.path("function").asText()).isEqualTo("f");
        assertThat(listed.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(listed.path("exit_code").asInt(-1)).isZero();
        assertThat(listed.path("total_us").asLong()).isPositive();
        JsonNode found = server.get("/v1/activations/" + listed.path("id").asText());
        assertThat(found.path("activation")).isEqualTo(listed);
        assertThat(found.has("request")).isFalse();
        assertThat(server.get("/v1/activations?app=plain&outcome=trapped").path("activations"))
                .isEmpty();
    }

    @Test
    void whatWasSentIsShownAndSentAgainToTheRevisionThatAnsweredIt() {
        String id = newest("recorded").path("id").asText();
        JsonNode found = server.get("/v1/activations/" + id);
        assertThat(found.path("request").path("target").asText()).isEqualTo("/recorded/");
        assertThat(found.path("answer").path("body").path("content").asText()).contains("MARK=one");
        deploy("recorded", "two", "record = \"bodies\"\n");
        JsonNode both = LiveServer.tree(replay(id, server.token()).body());
        assertThat(both.path("replayed").path("status").asInt()).isEqualTo(200);
        assertThat(both.path("replayed").path("body").path("content").asText())
                .contains("MARK=one");
        assertThat(both.path("same").asBoolean()).isFalse(); // its X_REQUEST_ID is another
    }

    private static HttpResponse<String> replay(String id, String token) {
        return server.postAs(token, "/v1/activations/" + id + "/replay");
    }

    @Test
    void whatWasNotRecordedIsNotSentAgain() {
        HttpResponse<String> refused = replay(newest("plain").path("id").asText(), server.token());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("urn:mayfly:not-recorded", "does not record bodies");
    }

    @Test
    void whoMayNotReadAnAppSeesNothingOfItsRequests() {
        String id = newest("recorded").path("id").asText();
        String other = token("deploy:other");
        assertThat(server.getAs(other, "/v1/activations").body())
                .isEqualTo("{\"activations\":[],\"silent\":[]}");
        assertThat(server.getAs(other, "/v1/activations/" + id).statusCode()).isEqualTo(404);
        assertThat(replay(id, other).statusCode()).isEqualTo(404);
        String both = token("read");
        assertThat(server.getAs(both, "/v1/activations/" + id).statusCode()).isEqualTo(200);
        assertThat(replay(id, both).statusCode()).isEqualTo(403);
    }
}
