package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code mayfly deploy} and {@code mayfly rollback} ask a server for, and nothing else. Of the
 * answers it reads the three members it needs.
 */
final class AdminClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REVISION = Pattern.compile("\"revision\"\\s*:\\s*(\\d+)");
    private static final Pattern MISSING = Pattern.compile("\"missing\"\\s*:\\s*\\[\\s*(\"?)");
    private static final Pattern AT = Pattern.compile("\"at\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final String token;

    /**
     * For the server whose admin API is at {@code port}.
     *
     * @param token that may do anything
     */
    AdminClient(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /**
     * Uploads {@code module} if the server lacks it and deploys an app of this one file.
     *
     * @return the revision, a new one or the one that is live already
     */
    int deploy(String app, String manifest, String file, byte[] module)
            throws IOException, InterruptedException {
        String digest = digest(module);
        String missing = post("/v1/artifacts/missing", "{\"digests\":[\"" + digest + "\"]}");
        if (!read(MISSING, missing).isEmpty()) {
            call("PUT", "/v1/artifacts/" + digest, "application/octet-stream", module);
        }
        String wish =
                "{\"manifest\":%s,\"artifacts\":{\"%s\":\"%s\"},\"message\":\"bench\"}"
                        .formatted(quoted(manifest), file, digest);
        return Integer.parseInt(read(REVISION, post("/v1/apps/" + app + "/deploys", wish)));
    }

    void rollBack(String app, int revision) throws IOException, InterruptedException {
        post("/v1/apps/" + app + "/rollback", "{\"revision\":" + revision + "}");
    }

    /** When the last change of {@code app} was written, by the database's clock. */
    Instant changed(String app) throws IOException, InterruptedException {
        return Instant.parse(
                read(AT, call("GET", "/v1/audit?limit=1&app=" + app, "", new byte[0])));
    }

    /** Every meter, as Prometheus gets it. */
    String metrics() throws IOException, InterruptedException {
        return call("GET", "/metrics", "", new byte[0]);
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        return call("POST", path, "application/json", json.getBytes(UTF_8));
    }

    private String call(String method, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String read(Pattern member, String json) throws IOException {
        Matcher found = member.matcher(json);
        if (!found.find()) {
            throw new IOException("answer: " + json + " (expected: " + member + ")");
        }
        return found.group(1);
    }

    /** As a JSON string. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String digest(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(sha256.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
