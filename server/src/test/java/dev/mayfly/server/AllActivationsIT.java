package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.TestDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that all gateways remember, asked of one; real gateways over one real database. */
class AllActivationsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

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
        String manifest = LiveServer.manifest("shop", "one") + "record = \"bodies\"\n";
        assertThat(here.deploy("shop", manifest, Map.of("wait", "30s")).statusCode())
                .isIn(200, 201);
        // A deploy waits for gateways whose first heartbeat has come; the other may have begun just
        // now.
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Face.ask(there.app(), "/shop/?text=up").statusCode() == 200);
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

    private static String ask(URI gateway, String path) throws Exception {
        HttpResponse<String> answer = Face.ask(gateway, path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("activations").forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private static String token(String scope) {
        return LiveServer.tree(
                        here.post(
                                        "/v1/tokens",
                                        Map.of(
                                                "name", "t",
                                                "scopes", List.of(scope),
                                                "lifetime", "1h"))
                                .body())
                .path("text")
                .asText();
    }

    @Test
    void theNewestOfAllGatewaysAreListedByOneTheNewestFirst() throws Exception {
        List<String> asked = new ArrayList<>();
        for (URI gateway : List.of(here.app(), there.app(), here.app())) {
            asked.addFirst(ask(gateway, "/shop/?list"));
        }
        JsonNode page =
                Awaitility.await()
                        .atMost(LONG)
                        .until(
                                () -> here.get("/v1/activations?app=shop&gateways=all&limit=3"),
                                found -> ids(found).equals(asked));
        assertThat(page.path("silent")).isEmpty();
        assertThat(page.path("activations").path(1).path("gateway").asText()).isNotEmpty();
        assertThat(ids(here.get("/v1/activations?app=shop"))).doesNotContain(asked.get(1));
    }

    @Test
    void aRequestOfAnotherGatewayIsFoundAndSentAgainThere() throws Exception {
        String id = ask(there.app(), "/shop/?text=again");
        String place = "/v1/activations/" + id;
        Awaitility.await()
                .atMost(LONG)
                .until(() ->
                        here.get(place + "?gateways=all")
                                .path("request")
                                .path("target")
                                .asText()
                                .equals("/shop/?text=again"));
        assertThat(here.getAs(here.token(), place).statusCode()).isEqualTo(404);
        HttpResponse<String> replayed = here.postAs(here.token(), place + "/replay?gateways=all");
        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        assertThat(LiveServer.tree(replayed.body()).path("same").asBoolean()).isTrue();
        assertThat(here.postAs(token("read"), place + "/replay?gateways=all").statusCode())
                .isEqualTo(403);
        String other = token("deploy:other");
        assertThat(here.getAs(other, place + "?gateways=all").statusCode()).isEqualTo(404);
        assertThat(here.postAs(other, place + "/replay?gateways=all").statusCode()).isEqualTo(404);
        assertThat(
                        Optional.of(
                                here.get("/v1/activations/none?gateways=all")
                                        .path("status")
                                        .asInt()))
                .contains(404);
    }
}
