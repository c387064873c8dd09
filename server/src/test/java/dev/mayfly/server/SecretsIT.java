package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.registry.Digest;
import dev.mayfly.server.AdminClient.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret that a function uses is nowhere that people or programs look: {@code .ci/find-secret}
 * says so of all that a server leaves. Of a variable, which is no secret, it says where it is.
 */
class SecretsIT {
    private static final String SECRET = "planted-secret-of-an-app";
    private static final String VARIABLE = "planted-variable-of-an-app";
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
            """;

    @TempDir Path folder;
    private final List<String> answers = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Test
    void aSecretIsNowhereAndAVariableWhereItMayBe() throws Exception {
        Path places = Files.createDirectories(folder.resolve("places"));
        try (OwnPostgres database = new OwnPostgres(places.resolve("database"));
                ServerProcess server = start(database)) {
            use(server);
            fail(server);
            ask(server);
            keep(places, server);
            database.run("pg_dump", "--file=" + places.resolve("database-dump"), database.url());
        }
        assertThat(foundIn(places, SECRET)).isEmpty();
        assertThat(foundIn(places, VARIABLE)).contains("answers", "database-dump");
    }

    private ServerProcess start(OwnPostgres database) throws IOException {
        return ServerProcess.start(
                folder.resolve("server/data"), Map.of("database.url", database.url()));
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

    private void ask(ServerProcess server) throws Exception {
        for (String path :
                List.of(
                        "/v1/whoami",
                        "/v1/apps",
                        "/v1/apps/vault",
                        "/v1/apps/vault/revisions",
                        "/v1/apps/vault/revisions/1",
                        "/v1/apps/vault/traffic",
                        "/v1/apps/vault/variables",
                        "/v1/apps/vault/secrets",
                        "/v1/apps/vault/logs",
                        "/v1/tokens",
                        "/v1/routes",
                        "/v1/functions",
                        "/v1/activations",
                        "/v1/triggers",
                        "/v1/status")) {
            told(server.admin().get(path));
        }
    }

    private void keep(Path places, ServerProcess server) throws Exception {
        Files.write(places.resolve("logs"), server.lines());
        Files.write(places.resolve("errors"), errors);
        Files.write(places.resolve("answers"), answers);
        Files.writeString(places.resolve("audit"), server.admin().get("/v1/audit").text());
        Files.writeString(places.resolve("metrics"), server.metrics());
        Path data = folder.resolve("server/data");
        Awaitility.await().until(() -> !filesOf(data.resolve("known")).isEmpty());
        copy(data.resolve("known"), places.resolve("last-known"));
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
