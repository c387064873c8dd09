package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.Scope;
import dev.mayfly.server.ApiServer.Reply;
import dev.mayfly.server.ApiServer.Sent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes by way of the API: conditions, repetition, who did it, and what is told of secrets. */
class ChangesIT {
    private static final String PLANTED = "planted-secret-of-an-app";

    @TempDir static Path folder;
    private static ApiServer server;
    private static String admin;

    @BeforeAll
    static void open() {
        server = new ApiServer(folder);
        admin = server.token(Scope.ADMIN);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Sent sent(String method, String target) {
        return Sent.of(method, target).as(admin);
    }

    private static Reply get(String target) {
        return server.send(sent("GET", target));
    }

    private static Sent patch(String app, String kind, String body) {
        return sent("PATCH", "/v1/apps/" + app + "/" + kind).json(body);
    }

    @Test
    void aChangeIsMadeOnlyAtTheVersionThatItNames() {
        server.commit("versions", "", 100);
        String etag = get("/v1/apps/versions").field("etag");
        Sent change = patch("versions", "variables", "{'set':{'a':'1'}}").with("if-match", etag);
        Reply done = server.send(change);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.field("etag")).isNotEqualTo(etag);
        Reply late = server.send(change);
        assertThat(late.status()).isEqualTo(412);
        assertThat("\"" + late.json().path("version").asLong() + "\"")
                .isEqualTo(done.field("etag"));
    }

    @Test
    void theSameRequestUnderTheSameKeyIsMadeOnce() {
        server.commit("once", "", 100);
        Sent change = patch("once", "variables", "{'set':{'a':'1'}}").with("idempotency-key", "k");
        assertThat(server.send(change).field("idempotency-replayed")).isEmpty();
        Reply again = server.send(change);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.field("idempotency-replayed")).isEqualTo("true");
        assertThat(audit("once"))
                .extracting(line -> line.path("action").asText())
                .containsExactly("set-variables", "deploy");
    }

    private static List<JsonNode> audit(String app) {
        return get("/v1/audit?app=" + app).json().findPath("changes").findParents("number");
    }

    @Test
    void theAuditLogSaysWhoseTokenItWas() {
        Reply issued =
                server.send(
                        sent("POST", "/v1/tokens")
                                .json("{'name':'ci','scopes':['deploy:*'],'lifetime':'1d'}"));
        String text = issued.json().path("text").asText();
        String id = issued.json().path("id").asText();
        server.send(patch("who", "variables", "{'set':{'a':'1'}}").as(text));
        assertThat(audit("who")).hasSize(1);
        assertThat(audit("who").getFirst().path("who").asText()).isEqualTo("ci (" + id + ")");
        assertThat(get("/v1/tokens").text()).contains(id).doesNotContain(text);
        assertThat(get("/v1/audit").text()).contains("issue-token").doesNotContain(text);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        String text = server.token(Scope.READ);
        assertThat(server.send(Sent.of("GET", "/v1/apps").as(text)).status()).isEqualTo(200);
        String id = server.send(Sent.of("GET", "/v1/whoami").as(text)).json().path("id").asText();
        assertThat(server.send(sent("DELETE", "/v1/tokens/" + id)).status()).isEqualTo(200);
        assertThat(server.send(Sent.of("GET", "/v1/apps").as(text)).status()).isEqualTo(401);
    }

    @Test
    void aSecretGoesInAndNeverComesOut() {
        server.commit("safe", "", 100);
        String set = "{'set':{'key':'" + PLANTED + "'}}";
        Reply done = server.send(patch("safe", "secrets", set));
        assertThat(done.json().at("/secrets/0/name").asText()).isEqualTo("key");
        Reply refused =
                server.send(
                        patch("safe", "secrets", "{'set':{'key':'" + PLANTED + "','Key':'x'}}"));
        assertThat(refused.status()).isEqualTo(422);
        Reply cut = server.send(patch("safe", "secrets", "{'set':{'key':'" + PLANTED));
        assertThat(cut.status()).isEqualTo(422);
        String told =
                done.text()
                        + refused.text()
                        + cut.text()
                        + get("/v1/apps/safe").text()
                        + get("/v1/apps/safe/secrets").text()
                        + get("/v1/apps/safe/variables").text()
                        + get("/v1/audit").text();
        assertThat(told).doesNotContain(PLANTED);
        assertThat(server.registry.variables().forRun("safe")).containsEntry("key", PLANTED);
    }

    @Test
    void settingAndRemovingIsOneLineOfTheLog() {
        server.send(patch("both", "variables", "{'set':{'a':'1','b':'2'}}"));
        Reply done =
                server.send(patch("both", "variables", "{'set':{'c':'3'},'remove':['a','b']}"));
        assertThat(done.json().path("variables").toString()).isEqualTo("{\"c\":\"3\"}");
        assertThat(audit("both")).hasSize(2);
        assertThat(server.send(patch("both", "variables", "{'remove':['z']}")).status())
                .isEqualTo(404);
        assertThat(server.send(patch("both", "variables", "{}")).status()).isEqualTo(422);
    }

    @Test
    void whoMayNotReadTheOwnerOfARouteIsNotToldItsName() {
        server.commit("owner", "", 100);
        String manifest = ApiServer.manifest("thief", "").replace("thief.example", "owner.example");
        String deploy =
                "{'manifest':'"
                        + manifest.replace("\"", "\\'").replace("\n", "\\n")
                        + "','artifacts':{'f.wasm':'"
                        + ApiServer.DIGEST
                        + "'},'message':''}";
        Sent sent = sent("POST", "/v1/apps/thief/deploys").json(deploy);
        assertThat(server.send(sent).json().at("/clashes/0/app").asText()).isEqualTo("owner");
        Reply stranger = server.send(sent.as(server.token(Scope.deploy("thief"))));
        assertThat(stranger.status()).isEqualTo(409);
        assertThat(stranger.json().at("/clashes/0/host").asText()).isEqualTo("owner.example");
        assertThat(stranger.json().at("/clashes/0/app").asText()).isEmpty();
    }

    @Test
    void aSwitchIsWaitedForAsLongAsWanted() {
        server.commit("waits", "", 100);
        server.commit("waits", "# second", 100);
        Sent activation = sent("POST", "/v1/apps/waits/activate");
        server.parts.awaited().clear();
        server.send(activation.json("{'revision':1}"));
        assertThat(server.parts.awaited()).isEmpty();
        Reply waited = server.send(activation.json("{'revision':2,'wait':'1s'}"));
        assertThat(server.parts.awaited()).containsExactly(waited.json().path("version").asLong());
    }

    @Test
    void everyProblemOfABodyIsToldAtOnceWithItsKey() {
        Reply reply =
                server.send(
                        sent("POST", "/v1/tokens")
                                .json("{'name':'','scopes':['all','read'],'lifetme':'1d'}"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().findValuesAsText("key"))
                .containsExactlyInAnyOrder("name", "scopes[0]", "lifetme", "lifetime");
    }
}
