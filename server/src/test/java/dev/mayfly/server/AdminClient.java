package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.registry.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls of the admin API. */
record AdminClient(URI at, String token, HttpClient http) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    AdminClient(URI at, String token) {
        this(at, token, HTTP);
    }

    /** An answer: its status, and what it says. */
    record Reply(int status, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    Reply post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Reply send(String method, String path, Object body) throws IOException, InterruptedException {
        BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
        return send(method, path, "application/json", json);
    }

    private Reply send(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).method(method, body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Reply(answer.statusCode(), answer.body());
    }

    /** Uploads what {@code revision} has, then deploys it. */
    Reply deploy(Face revision) throws IOException, InterruptedException {
        for (byte[] artifact : revision.artifacts().values()) {
            upload(artifact);
        }
        return deployUploaded(revision);
    }

    void upload(byte[] artifact) throws IOException, InterruptedException {
        String path = "/v1/artifacts/" + Digests.text(Digest.of(artifact));
        BodyPublisher bytes = BodyPublishers.ofByteArray(artifact);
        assertThat(send("PUT", path, "application/octet-stream", bytes).status()).isIn(200, 201);
    }

    Reply deployUploaded(Face revision) throws IOException, InterruptedException {
        return deploy(revision, Map.of());
    }

    /** Only if the app is at {@code version}. */
    Reply deployUploaded(Face revision, String version) throws IOException, InterruptedException {
        return deploy(revision, Map.of("If-Match", "\"" + version + "\""));
    }

    private Reply deploy(Face revision, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, Object> wish =
                Map.of(
                        "manifest", revision.manifest(),
                        "artifacts", revision.digests(),
                        "message", revision.label());
        BodyPublisher body = BodyPublishers.ofString(JSON.writeValueAsString(wish));
        HttpRequest.Builder request = request("/v1/apps/" + revision.app() + "/deploys");
        fields.forEach(request::header);
        return send(request.header("Content-Type", "application/json").POST(body));
    }
}
