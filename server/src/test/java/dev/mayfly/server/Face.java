package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.registry.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A revision whose answers say twice which it is: by its environment, which the manifest gives, and
 * by a file. Its module is of its own, too.
 */
record Face(String app, String label, String route) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SHOWN =
            Pattern.compile("(?s).*env FACE=(\\w+)\n.*file \\d+\n(\\w+)\n.*");

    /** At a route of the app's name. */
    Face(String app, String label) {
        this(app, label, app);
    }

    String manifest() {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "/%s/..."
        function = "face"
        [function.face]
        source = "face.wasm"
        environment = { FACE = "%s" }
        files = [ { source = "assets", destination = "/assets" } ]
        limits = { timeout = "1m" }
        check = [ { request = "GET /%s/?env&sleep=200&stderr=checking-%s", status = 200 } ]
        """
                .formatted(app, route, label, route, label);
    }

    /** By path, as the manifest names them. */
    Map<String, byte[]> artifacts() {
        return new TreeMap<>(
                Map.of(
                        "assets/face", label.getBytes(StandardCharsets.UTF_8),
                        "face.wasm", module()));
    }

    /** With a custom section, which changes its digest and nothing else. */
    private byte[] module() {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Guests.module("echo-c");
        byte[] marked = Arrays.copyOf(whole, whole.length + 3 + name.length);
        marked[whole.length] = 0;
        marked[whole.length + 1] = (byte) (1 + name.length);
        marked[whole.length + 2] = (byte) name.length;
        System.arraycopy(name, 0, marked, whole.length + 3, name.length);
        return marked;
    }

    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        artifacts().forEach((path, bytes) -> digests.put(path, Digests.text(Digest.of(bytes))));
        return digests;
    }

    /** Which revision answers at {@code route}; fails for an answer of two. */
    static String of(URI server, String route) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(server, "/" + route + "/?env&read=/assets/face");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher shown = SHOWN.matcher(answer.body());
        assertThat(shown.matches()).as(answer.body()).isTrue();
        assertThat(shown.group(2)).as("one answer of two revisions").isEqualTo(shown.group(1));
        return shown.group(1);
    }

    static HttpResponse<String> ask(URI server, String target)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(target))
                        .timeout(Duration.ofMinutes(1))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
