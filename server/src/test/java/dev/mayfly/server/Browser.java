package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Chromium, told what to do through its driver by W3C WebDriver, which is JSON over HTTP.
 * What a person does is done as one does it: with keys and a pointer.
 */
final class Browser implements AutoCloseable {
    static final String TAB = "\uE004";
    static final String ENTER = "\uE007";
    static final String ESCAPE = "\uE00C";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> PROGRAMS = List.of("chromium", "chromedriver");
    private static final Pattern PORT = Pattern.compile(".* started successfully on port (\\d+).*");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final URI session;

    private Browser(Process driver, int port, Path folder) {
        this.driver = driver;
        URI root = URI.create("http://127.0.0.1:" + port + "/");
        JsonNode made = send("POST", root.resolve("session"), capabilities(folder));
        this.session = root.resolve("session/" + made.path("sessionId").asText() + "/");
    }

    /** {@return why there is none here; empty when there is one} */
    static Optional<String> missing() {
        return PROGRAMS.stream()
                .filter(program -> path(program).isEmpty())
                .findFirst()
                .map(program -> "no " + program + ": apt-get install chromium chromium-driver");
    }

    private static Optional<Path> path(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Keeps its own files in {@code folder}. */
    static Browser open(Path folder) throws IOException {
        Process driver =
                new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
        BufferedReader said = driver.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.matches()) {
                return new Browser(driver, Integer.parseInt(port.group(1)), folder);
            }
        }
        throw new IOException("chromedriver ended before it listened");
    }

    /** Without what would look for hosts elsewhere; as root there is no sandbox. */
    private static Map<String, Object> capabilities(Path folder) {
        List<String> arguments =
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder);
        Map<String, Object> wanted =
                Map.of(
                        "acceptInsecureCerts", true,
                        "goog:loggingPrefs", Map.of("browser", "ALL"),
                        "goog:chromeOptions", Map.of("args", arguments));
        return Map.of("capabilities", Map.of("alwaysMatch", wanted));
    }

    private JsonNode send(String method, URI at, Object body) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(at)
                            .timeout(Duration.ofMinutes(1))
                            .method(
                                    method,
                                    method.equals("POST")
                                            ? BodyPublishers.ofString(JSON.writeValueAsString(body))
                                            : BodyPublishers.noBody())
                            .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            JsonNode value = JSON.readTree(answer.body()).path("value");
            assertThat(answer.statusCode()).as("%s %s: %s", method, at, value).isEqualTo(200);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode post(String path, Map<String, Object> body) {
        return send("POST", session.resolve(path), body);
    }

    void go(URI page) {
        post("url", Map.of("url", page.toString()));
    }

    /** The value of the script's {@code return}. */
    JsonNode run(String script, Object... arguments) {
        return post("execute/sync", Map.of("script", script, "args", Arrays.asList(arguments)));
    }

    /** What the script's last argument, a function, is called with. */
    JsonNode runLong(String script) {
        return post("execute/async", Map.of("script", script, "args", List.of()));
    }

    boolean isTrue(String expression) {
        return run("return Boolean(" + expression + ")").asBoolean();
    }

    /** Until a JavaScript expression holds. */
    void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(isTrue(expression))
                                .as("%s\n%s", expression, text("body"))
                                .isTrue());
    }

    /** Until a text is to be seen. */
    void awaitText(String text) {
        Awaitility.await(text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(text("body")).contains(text));
    }

    String text(String css) {
        return run("return document.querySelector(arguments[0])?.innerText ?? ''", css).asText();
    }

    void click(String css) {
        await("document.querySelector(\"" + css.replace("\"", "'") + "\")");
        post("element/" + find(css) + "/click", Map.of());
    }

    void type(String css, String text) {
        post("element/" + find(css) + "/value", Map.of("text", text));
    }

    private String find(String css) {
        return post("element", Map.of("using", "css selector", "value", css))
                .path(ELEMENT)
                .asText();
    }

    /** One after the other, to whatever has the focus. */
    void press(String... keys) {
        List<Map<String, String>> actions =
                Arrays.stream(keys)
                        .flatMap(key ->
                                Stream.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key)))
                        .toList();
        Map<String, Object> keyboard = Map.of("type", "key", "id", "keys", "actions", actions);
        post("actions", Map.of("actions", List.of(keyboard)));
    }

    /** Presses Tab until what {@code css} says has the focus; {@return how often} */
    int tabTo(String css) {
        for (int presses = 1; presses < 100; presses++) {
            press(TAB);
            if (run("return document.activeElement.matches(arguments[0])", css).asBoolean()) {
                return presses;
            }
        }
        throw new AssertionError("Tab does not come to " + css);
    }

    void size(int width, int height) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
    }

    /** {@code light} or {@code dark}. */
    void scheme(String scheme) {
        tell(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Cuts it off from every server, and connects it again. */
    void offline(boolean isOff) {
        tell("Network.enable", Map.of());
        tell(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline", isOff,
                        "latency", 0,
                        "downloadThroughput", -1,
                        "uploadThroughput", -1));
    }

    private JsonNode tell(String command, Map<String, Object> parameters) {
        return post("goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** What is to be seen, as a PNG file; {@code whole}: what is below the edge, too. */
    void picture(Path file, boolean whole) throws IOException {
        JsonNode made =
                tell(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", whole));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(made.path("data").asText()));
    }

    /** What the page's console got since it was last asked: errors, and what the policy refused. */
    List<String> complaints() {
        return post("se/log", Map.of("type", "browser"))
                .valueStream()
                .map(line -> line.path("level").asText() + " " + line.path("message").asText())
                .toList();
    }

    @Override
    public void close() {
        try {
            send("DELETE", URI.create(session.toString().replaceAll("/$", "")), Map.of());
        } finally {
            driver.destroy();
            http.close();
        }
    }
}
