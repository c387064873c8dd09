package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.SettingSources;
import dev.mayfly.guests.Guests;
import dev.mayfly.registry.Digest;
import dev.mayfly.server.AdminClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret is nowhere that people or programs look: {@code .ci/find-secret} says so of all that a
 * server leaves. Planted are one that a function uses, those that callers send, and those of the
 * server's own settings. Of a variable, which is no secret, it says where it is.
 */
class SecretsIT {
    private static final String SECRET = "planted-secret-of-an-app";
    private static final String VARIABLE = "planted-variable-of-an-app";

    /** In every field and parameter that says by its name that it may be one. */
    private static final String CALLERS = "planted-secret-of-a-caller";

    private static final String KEY =
            Base64.getEncoder()
                    .encodeToString(
                            "planted-key-of-32-bytes-for-test".getBytes(StandardCharsets.UTF_8));
    private static final String MANIFEST =
            """
            manifest_version = 1
            [app]
            name = "vault"
            [variables]
            token = { required = true, secret = true }
            colour = { default = "grey" }
            [[trigger.http]]
            route = "/vault/..."
            function = "vault"
            [function.vault]
            source = "vault.wasm"
            environment = { TOKEN = "{{ token }}", COLOUR = "{{ colour }}" }
            [[trigger.http]]
            route = "/recorded/..."
            function = "recorded"
            [function.recorded]
            source = "vault.wasm"
            record = "bodies"
            environment = { TOKEN = "{{ token }}" }
            """;

    /** What a page brings with it. */
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([\\w./-]+)\"");

    @TempDir Path folder;
    private final List<String> answers = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();

    @Test
    void aSecretIsNowhereAndAVariableWhereItMayBe() throws Exception {
        Path places = Files.createDirectories(folder.resolve("places"));
        try (OwnPostgres database = new OwnPostgres(places.resolve("database"));
                Collector collector = new Collector();
                ServerProcess server = start(database, collector)) {
            use(server);
            record(server);
            fail(server);
            ask(server);
            keep(places, server);
            Awaitility.await().until(() -> collector.bytes().length > 0);
            Files.write(places.resolve("traces"), collector.bytes());
            Files.delete(places.resolve("database/password")); // which the cluster was made with
            database.run("pg_dump", "--file=" + places.resolve("database-dump"), database.url());
        }
        for (String secret : List.of(SECRET, CALLERS, KEY, OwnPostgres.PASSWORD)) {
            assertThat(foundIn(places, secret)).as(secret).isEmpty();
        }
        assertThat(foundIn(places, VARIABLE)).contains("answers", "database-dump");
    }

    private Map<String, String> settings(OwnPostgres database, Collector collector) {
        return Map.of(
                "database.url",
                database.url(),
                "secrets.keys",
                KEY,
                "tracing.endpoint",
                collector.endpoint(),
                "tracing.ratio",
                "1");
    }

    private ServerProcess start(OwnPostgres database, Collector collector) throws IOException {
        Map<String, String> settings = settings(database, collector);
        Path places = folder.resolve("places");
        Files.writeString(
                places.resolve("config"),
                new SettingSources(Optional.empty(), Map.of(), settings).explain().toString());
        return ServerProcess.start(folder.resolve("server/data"), settings);
    }

    /** A caller's own secrets, to a function whose requests are recorded; and sent once more. */
    private void record(ServerProcess server) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.app().resolve("/recorded/?stderr=recorded&text=heard"))
                        .header("Authorization", "Bearer " + CALLERS)
                        .header("Cookie", "session=" + CALLERS)
                        .header("X-Api-Key", CALLERS)
                        .header("X-Auth-Token", CALLERS)
                        .header("X-Plain", "told")
                        .header(
                                "Traceparent",
                                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01")
                        .POST(BodyPublishers.ofString("a body"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            String id = answer.headers().firstValue("x-request-id").orElseThrow();
            AdminClient admin = server.admin();
            String place = "/v1/activations/" + id;
            Awaitility.await().until(() -> admin.get(place).text().contains("told"));
            for (Reply each :
                    List.of(
                            admin.get(place),
                            admin.post(place + "/replay", Map.of()),
                            admin.get("/v1/activations?limit=1000"))) {
                assertThat(each.status()).as(each.text()).isEqualTo(200);
                recorded.add(each.text());
            }
            assertThat(recorded.getFirst()).contains("x-plain", "(hidden)");
        }
    }

    /** The secret is set, deployed with, used, changed and used again. */
    private void use(ServerProcess server) throws Exception {
        AdminClient admin = server.admin();
        byte[] module = Guests.module("echo-c");
        admin.upload(module);
        for (String value : List.of("another", SECRET)) {
            told(admin.send("PATCH", "/v1/apps/vault/secrets", set("token", value)));
            told(admin.send("PATCH", "/v1/apps/vault/variables", set("colour", VARIABLE)));
            told(
                    admin.post(
                            "/v1/apps/vault/deploys",
                            Map.of(
                                    "manifest",
                                    MANIFEST,
                                    "artifacts",
                                    Map.of("vault.wasm", Digests.text(Digest.of(module))),
                                    "message",
                                    "deployed")));
            Awaitility.await()
                    .until(() -> Face.ask(server.app(), "/vault/?env").body().contains(value));
        }
        Face.ask(server.app(), "/vault/?stderr=used&trap");
    }

    private static Map<String, Object> set(String name, String value) {
        return Map.of("set", Map.of(name, value));
    }

    private void told(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        answers.add(reply.text());
    }

    /** Every way to say the secret in the wrong place that an answer or a log might repeat. */
    private void fail(ServerProcess server) throws Exception {
        AdminClient admin = server.admin();
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", set("Not a name", SECRET)));
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", Map.of("set", SECRET)));
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", set("token", SECRET + "\0")));
        failed(admin.send("PATCH", "/v1/apps/NOT-AN-APP/secrets", set("token", SECRET)));
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", set(SECRET, "token")));
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", Map.of(SECRET, "token")));
        failed(admin.send("PATCH", "/v1/apps/vault/secrets", Map.of("remove", List.of(SECRET))));
        failed(admin.post("/v1/tokens", Map.of("name", "n", SECRET, "n", "lifetime", SECRET)));
        failed(admin.get("/v1/apps?" + SECRET + "=1"));
        failed(admin.get("/v1/apps/vault/logs?since=" + SECRET));
        failed(server.admin(SECRET).get("/v1/apps"));
        failed(
                admin.post(
                        "/v1/apps/vault/deploys",
                        Map.of("manifest", MANIFEST + "\nwrong = 1\n", "artifacts", Map.of())));
    }

    private void failed(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
        errors.add(reply.text());
    }

    /** Everything that can be asked for, as the API itself lists it. */
    private void ask(ServerProcess server) throws Exception {
        JsonNode paths = server.admin().get("/v1/openapi.json").json().path("paths");
        for (Map.Entry<String, JsonNode> each : paths.properties()) {
            String path = each.getKey().replace("{app}", "vault").replace("{revision}", "1");
            if (each.getValue().has("get") && !path.contains("{") && !path.contains("dead-")) {
                Reply reply = server.admin().get(path);
                assertThat(reply.status()).as(path).isIn(200, 404); // there is no rollout
                answers.add(reply.text());
            }
        }
        assertThat(answers).hasSizeGreaterThan(15);
    }

    /** What is shown to whoever comes to a wrong place, of either listener, or to the console. */
    private void show(Path places, ServerProcess server) throws Exception {
        List<String> pages = new ArrayList<>();
        for (String path :
                List.of("/nowhere", "/vault/?status=500&text=told", "/vault/?trap", "/%00")) {
            pages.add(Face.ask(server.app(), path).body());
        }
        for (String path : List.of("/", "/nowhere", "/v1", "/v1/apps/none", "/health/ready")) {
            pages.add(server.admin().get(path).text());
        }
        Files.write(places.resolve("pages"), pages);
        List<String> console = new ArrayList<>();
        Deque<String> links = new ArrayDeque<>(List.of("/console", "/console/"));
        Set<String> seen = new HashSet<>();
        while (!links.isEmpty()) {
            String link = links.remove();
            if (seen.add(link)) {
                String page = server.admin().get(link).text();
                console.add(page);
                LINK.matcher(page)
                        .results()
                        .map(found -> URI.create(link).resolve(found.group(1)).getPath())
                        .forEach(links::add);
            }
        }
        assertThat(seen).hasSizeGreaterThan(3); // its script and its style are looked at
        Files.write(places.resolve("console"), console);
    }

    private void keep(Path places, ServerProcess server) throws Exception {
        Files.write(places.resolve("logs"), server.lines());
        Files.write(places.resolve("errors"), errors);
        Files.write(places.resolve("answers"), answers);
        show(places, server);
        Files.write(places.resolve("activations"), recorded);
        Files.writeString(places.resolve("audit"), server.admin().get("/v1/audit").text());
        Files.writeString(places.resolve("metrics"), server.metrics());
        Path data = folder.resolve("server/data");
        Awaitility.await().until(() -> !filesOf(data.resolve("known")).isEmpty());
        copy(data.resolve("known"), places.resolve("last-known"));
        copy(data.resolve("logs"), places.resolve("stored-logs"));
        copy(data, places.resolve("data"));
        copy(folder.resolve("server/cache"), places.resolve("cache"));
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : filesOf(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static List<String> foundIn(Path places, String secret) throws Exception {
        Process script =
                new ProcessBuilder("../.ci/find-secret", places.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var in = script.getOutputStream()) {
            in.write(secret.getBytes(StandardCharsets.UTF_8));
        }
        List<String> files = script.inputReader().lines().toList();
        assertThat(script.waitFor()).isEqualTo(files.isEmpty() ? 0 : 1);
        return files.stream()
                .map(file -> places.relativize(Path.of(file)).getName(0).toString())
                .distinct()
                .toList();
    }
}
