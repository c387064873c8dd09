package dev.mayfly.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Requests over cleartext HTTP/2, upgraded from HTTP/1.1; their host is localhost. */
final class Http2 {
    private Http2() {}

    /** GET; the second request of a connection, since the first is the upgrade itself. */
    static Reply get(int port, String target) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            send(client, port, target);
            HttpResponse<byte[]> answer = send(client, port, target);
            if (answer.version() != HttpClient.Version.HTTP_2) {
                throw new AssertionError("not HTTP/2: " + answer.version());
            }
            return new Reply(
                    answer.statusCode(), List.of(), new String(answer.body(), ISO_8859_1), true);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<byte[]> send(HttpClient client, int port, String target)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + target)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
