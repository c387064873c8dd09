package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.Previews;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.NewRevision;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.registry.Scope;
import dev.mayfly.registry.TokenCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/** The API behind a real socket, over a PostgreSQL of its own. */
final class ApiServer implements AutoCloseable {
    static final byte[] MODULE = Guests.module("echo-c");
    static final String DIGEST = Digests.text(Digest.of(MODULE));
    static final ObjectMapper JSON = new ObjectMapper();

    /** Kept between builds: unpacking takes longer than most tests. */
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    final Registry registry;
    final PlayedParts parts;
    final AdminApi api;
    private final Gateway gateway;
    private final int port;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    ApiServer(Path folder) {
        registry =
                Registry.open(
                        RegistrySettings.defaults(
                                new DatabaseSettings.Embedded(folder.resolve("db"), PROGRAMS),
                                folder));
        parts = new PlayedParts(registry);
        gateway = Gateway.open(settings(folder));
        Observed observed = Observed.of(gateway, Previews.NONE, settings(folder).metrics());
        api =
                new AdminApi(
                        new AdminParts(
                                registry,
                                parts,
                                parts,
                                parts,
                                parts,
                                observed,
                                PlayedParts.others(folder),
                                Optional.of(new PlayedEvents(true))));
        Binding binding = gateway.administer(api);
        port = ((Binding.Bound) binding).address().port();
        registry.artifacts().append(Digest.of(MODULE), MODULE.length, 0, MODULE);
    }

    private static ServerSettings settings(Path folder) {
        Map<String, String> flags =
                Map.of(
                        "admin_listen",
                        "127.0.0.1:0",
                        "spool.folder",
                        folder.resolve("spool").toString(),
                        "cache.folder",
                        folder.resolve("cache").toString(),
                        "access_log",
                        "false");
        return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new IllegalArgumentException(invalid.toString());
        };
    }

    /** An app with one route on a host of its own. */
    static String manifest(String app, String more) {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "/..."
        hosts = ["%s.example"]
        function = "f"
        [function.f]
        source = "f.wasm"
        %s
        """
                .formatted(app, app, more);
    }

    /** Commits a revision beside the API. */
    void commit(String app, String more, int percent) {
        commit(manifest(app, more), percent);
    }

    void commit(String manifest, int percent) {
        registry.apps()
                .commit(
                        new NewRevision(
                                manifest, Map.of("f.wasm", Digest.of(MODULE)), "setup", percent),
                        Intent.of("setup"));
    }

    /** A token that somebody may revoke, by its id. */
    static String spare(Registry registry) {
        return registry.tokens()
                .issue("spare", Set.of(Scope.READ), Duration.ofHours(1), "setup")
                .token()
                .id();
    }

    String token(Scope... scopes) {
        return token(registry, scopes);
    }

    static String token(Registry registry, Scope... scopes) {
        return token(registry, Duration.ofHours(1), scopes);
    }

    private static String token(Registry registry, Duration lifetime, Scope... scopes) {
        return registry.tokens().issue("t", Set.of(scopes), lifetime, "setup").text();
    }

    /** One whose time is over. */
    String expired() {
        String text = token(registry, Duration.ofMillis(1), Scope.ADMIN);
        Awaitility.await().until(() -> registry.tokens().check(text) instanceof TokenCheck.Expired);
        return text;
    }

    /** A request as a test writes it. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Sent(String method, String target, Map<String, String> fields, byte[] body) {
        static Sent of(String method, String target) {
            return new Sent(method, target, Map.of(), new byte[0]);
        }

        Sent json(String text) {
            return with("content-type", "application/json")
                    .bytes(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        Sent bytes(byte[] content) {
            return new Sent(method, target, fields, content);
        }

        Sent with(String name, String value) {
            Map<String, String> all = new HashMap<>(fields);
            all.put(name, value);
            return new Sent(method, target, all, body);
        }

        Sent as(String token) {
            return with("authorization", "Bearer " + token);
        }
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Reply(int status, Map<String, String> fields, byte[] bytes) {
        JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    ApiPeer peer() {
        return new ApiPeer(port, registry);
    }

    Reply send(Sent sent) {
        return send(port, sent);
    }

    static Reply send(int port, Sent sent) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + sent.target()))
                        .method(sent.method(), BodyPublishers.ofByteArray(sent.body()));
        sent.fields().forEach(request::header);
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            Map<String, String> fields = new HashMap<>();
            answer.headers().map().forEach((name, all) -> fields.put(name, String.join(",", all)));
            return new Reply(answer.statusCode(), fields, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode document() {
        return send(Sent.of("GET", "/v1/openapi.json")).json();
    }

    @Override
    public void close() {
        gateway.close();
        registry.close();
    }
}
