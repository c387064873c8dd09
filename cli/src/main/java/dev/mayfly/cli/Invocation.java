package dev.mayfly.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to a function.
 *
 * @param method the method
 * @param target where to
 * @param headers {@code Host} may be among them
 * @param body empty for none
 * @param tls how a server of {@code https} is known
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, by whoever made it
record Invocation(
        String method, URI target, Map<String, String> headers, byte[] body, ClientTls tls) {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /**
     * What came back.
     *
     * @param status of the answer
     * @param headers by name, several values joined
     * @param text the body, as UTF-8
     * @param time until all of it was there
     */
    record Answer(int status, Map<String, String> headers, String text, Duration time) {
        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("status", status);
            facts.put("time_ms", time.toNanos() / 1e6);
            facts.put("request_id", headers.getOrDefault("x-request-id", ""));
            facts.put("headers", headers);
            facts.put("body", text);
            return facts;
        }
    }

    Answer send() throws IOException {
        try (HttpClient http = client()) {
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = http.send(request(), BodyHandlers.ofByteArray());
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            Map<String, String> fields = new TreeMap<>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> fields.put(name, String.join(", ", values)));
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return new Answer(answer.statusCode(), fields, text, time);
        } catch (ConnectException e) {
            throw new UnreachableException(
                    "no function is served at " + target + ": nothing listens there",
                    "--url says where functions are served; mayfly status tells what the server listens on",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (!tls.isSystem()) {
            http.sslContext(tls.context());
        }
        return http.build();
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(PATIENCE);
        headers.forEach(request::setHeader);
        return request.method(
                        method,
                        body.length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body))
                .build();
    }
}
