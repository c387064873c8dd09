package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.registry.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A whole server with its sockets, and what a client does with it. */
final class LiveServer implements AutoCloseable {
    static final byte[] MODULE = Guests.module("echo-c");
    static final Digest DIGEST = Digest.of(MODULE);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    private final String functions;
    private final String admin;
    private final String token;

    private LiveServer(ServerStart.Running running, String token) {
        this.server = running.server();
        this.functions = "http://" + running.listen();
        this.admin = "http://" + running.admin();
        this.token = token;
    }

    /** With the token of whoever made the first one. */
    static LiveServer start(Path folder, String database, Path tokenFolder, String... pairs)
            throws IOException {
        return switch (Server.start(settings(folder, database, pairs))) {
            case ServerStart.Running running ->
                    new LiveServer(
                            running, Files.readString(tokenFolder.resolve("admin.token")).strip());
            case ServerStart.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    static ServerSettings settings(Path folder, String database, String... pairs) {
        return settings(folder, database, inPairs(pairs));
    }

    private static Map<String, String> inPairs(String... pairs) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    static ServerSettings settings(Path folder, String database, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>();
        flags.put("listen", "127.0.0.1:0");
        flags.put("admin_listen", "127.0.0.1:0");
        flags.put("data.folder", folder.toString());
        flags.put("database.url", database);
        flags.put("secrets.keys", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        flags.put("spool.folder", folder.resolve("spool").toString());
        flags.put("cache.folder", folder.resolve("cache").toString());
        flags.put("log_format", "text");
        flags.put("access_log", "false");
        flags.putAll(more);
        return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new IllegalArgumentException(invalid.toString());
        };
    }

    /** An app that says what it was given: {@code MARK} and the variable {@code word}. */
    static String manifest(String app, String mark) {
        return """
        manifest_version = 1
        [app]
        name = "%1$s"
        [variables]
        word = { default = "none", secret = true }
        [[trigger.http]]
        route = "/%1$s/..."
        function = "f"
        [function.f]
        source = "f.wasm"
        environment = { MARK = "%2$s", WORD = "{{ word }}" }
        """
                .formatted(app, mark);
    }

    void upload() {
        HttpResponse<String> answer =
                send(
                        call("/v1/artifacts/sha256:" + DIGEST.hex())
                                .PUT(BodyPublishers.ofByteArray(MODULE)));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    HttpResponse<String> deploy(String app, String manifest, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("manifest", manifest);
        body.put("artifacts", Map.of("f.wasm", "sha256:" + DIGEST.hex()));
        body.put("message", "a test");
        return post("/v1/apps/" + app + "/deploys", body);
    }

    HttpResponse<String> post(String path, Map<String, Object> body) {
        return send(json(path, body, "POST"));
    }

    HttpResponse<String> delete(String path) {
        return send(call(path).DELETE());
    }

    HttpResponse<String> patch(String path, Map<String, Object> body) {
        return send(json(path, body, "PATCH"));
    }

    private HttpRequest.Builder json(String path, Map<String, Object> body, String method) {
        try {
            String text = JSON.writeValueAsString(body);
            return call(path)
                    .header("content-type", "application/json")
                    .method(method, BodyPublishers.ofString(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        return tree(send(call(path).GET()).body());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(json, e);
        }
    }

    /** Asks the admin listener without a token. */
    HttpResponse<String> watch(String path) {
        return send(HttpRequest.newBuilder(URI.create(admin + path)).GET());
    }

    HttpResponse<String> getAs(String bearer, String path) {
        return send(as(bearer, path).GET());
    }

    HttpResponse<String> postAs(String bearer, String path) {
        return send(as(bearer, path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder as(String bearer, String path) {
        return HttpRequest.newBuilder(URI.create(admin + path))
                .header("authorization", "Bearer " + bearer);
    }

    /** As the signal would; blocks. */
    void stop() {
        server.gateway().stop();
    }

    private HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create(admin + path))
                .header("authorization", "Bearer " + token);
    }

    /** What the app's function says; its status when that is not 200. */
    String ask(String app) {
        URI uri = URI.create(functions + "/" + app + "/");
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri).GET());
        return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
    }

    /** A revision that may not be live, as whoever holds the token sees it. */
    String preview(String app, int revision, String presented) {
        URI uri = URI.create(functions + "/" + app + "/");
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri)
                                .header("x-mayfly-revision", Integer.toString(revision))
                                .header("x-mayfly-token", presented)
                                .GET());
        return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
    }

    /** Where functions are served. */
    URI app() {
        return URI.create(functions);
    }

    /** For what this does not offer itself. */
    AdminClient admin() {
        return new AdminClient(URI.create(admin), token);
    }

    String token() {
        return token;
    }

    String health() {
        URI uri = URI.create(functions + "/.well-known/mayfly/health");
        return send(HttpRequest.newBuilder(uri).GET()).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
