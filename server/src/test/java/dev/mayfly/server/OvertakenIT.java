package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.guests.Guests;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.TestDatabase;
import dev.mayfly.server.AdminClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys that are overtaken by another change while they are prepared. */
class OvertakenIT {
    @TempDir Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private TestDatabase database;
    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.start();
        server = LiveServer.start(folder, database.url(), folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        database.close();
        threads.close();
    }

    @Test
    void aVariableThatChangesWhileADeployIsCheckedCountsForTheDeploy() throws Exception {
        assertThat(deploy("one", "").status()).isEqualTo(201);
        Reply refused = overtaken("WORD=good", "bad");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("check").doesNotContain("not served");
        JsonNode app = server.admin().get("/v1/apps/shop").json();
        assertThat(app.path("live").asInt()).as("%s", app).isEqualTo(1);
        assertThat(server.ask("shop")).contains("WORD=bad");
    }

    @Test
    void aDeployThatIsAsGoodAfterAnotherChangeIsMade() throws Exception {
        assertThat(deploy("one", "").status()).isEqualTo(201);
        Reply done = overtaken("WORD=", "other");
        assertThat(done.status()).as(done.text()).isEqualTo(201);
        assertThat(done.json().path("warnings")).as(done.text()).isEmpty();
        assertThat(server.ask("shop")).contains("WORD=other");
    }

    /** What came of a deploy during whose check the variable is set. */
    private Reply overtaken(String expected, String word) throws Exception {
        long images = images();
        Future<Reply> deploy = threads.submit(() -> deploy("two", check(expected)));
        Awaitility.await().until(() -> images() > images);
        Map<String, Object> wish = Map.of("set", Map.of("word", word));
        Reply set = server.admin().send("PATCH", "/v1/apps/shop/variables", wish);
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(deploy).as("the variable has to change before the commit").isNotDone();
        return deploy.get();
    }

    /** One more is kept when a new module is frozen; its check comes right after. */
    private long images() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".image")).count();
        }
    }

    @Test
    void aRouteTakenBetweenTheFirstLookAndThePreparationIsNamedAsAlways() throws Exception {
        byte[] large = Guests.module("large-rust");
        server.admin().upload(large);
        String slow = app("slow", "function = \"f\"\n[function.f]\nsource = \"f.wasm\"");
        Future<Reply> deploy =
                threads.submit(() -> server.admin().post(path("slow"), wish(slow, large)));
        Awaitility.await().until(() -> Files.isDirectory(folder.resolve("apps/slow")));
        String quick = app("quick", "static_response = { status = 200, body = \"quick\" }");
        Reply won =
                server.admin()
                        .post(
                                path("quick"),
                                Map.of("manifest", quick, "artifacts", Map.of(), "message", ""));
        assertThat(won.status()).as(won.text()).isEqualTo(201);
        assertThat(deploy).as("the route has to be taken before it is prepared").isNotDone();
        Reply lost = deploy.get();
        assertThat(lost.status()).as(lost.text()).isEqualTo(409);
        assertThat(lost.json().path("type").asText()).isEqualTo("urn:mayfly:routes-taken");
        assertThat(lost.json().at("/clashes/0/app").asText()).isEqualTo("quick");
    }

    private static String app(String name, String target) {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "/wanted"
        %s
        """
                .formatted(name, target);
    }

    private static String shop(String more) {
        return """
        manifest_version = 1
        [app]
        name = "shop"
        [variables]
        word = { default = "good" }
        [[trigger.http]]
        route = "/shop/..."
        function = "f"
        [function.f]
        source = "f.wasm"
        environment = { WORD = "{{ word }}" }
        limits = { timeout = "1m" }
        %s
        """
                .formatted(more);
    }

    private static String check(String contains) {
        return """
        check = [ { request = "GET /shop/?env&sleep=3000", body_contains = "%s" } ]
        """
                .formatted(contains);
    }

    private static String path(String app) {
        return "/v1/apps/" + app + "/deploys";
    }

    private static Map<String, Object> wish(String manifest, byte[] module) {
        Map<String, String> artifacts = Map.of("f.wasm", Digests.text(Digest.of(module)));
        return Map.of("manifest", manifest, "artifacts", artifacts, "message", "");
    }

    /** With a module of its own. */
    private Reply deploy(String label, String more) throws Exception {
        byte[] module = new Face("shop", label).artifacts().get("face.wasm");
        server.admin().upload(Objects.requireNonNull(module));
        return server.admin().post(path("shop"), wish(shop(more), module));
    }
}
