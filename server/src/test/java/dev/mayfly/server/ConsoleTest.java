package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminAnswer.Content;
import dev.mayfly.gateway.AdminRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the console's files are served, and what is in them. */
class ConsoleTest {
    private static final Path FILES =
            Path.of("src", "main", "resources", "dev", "mayfly", "server", "console");
    private static final Pattern NAMED =
            Pattern.compile("(?:href|src)=\"console/([^\"]+)\"|from \"\\./([^\"]+)\"");

    private final Console console = new Console(request -> answer(299, request.target().path()));

    private static AdminAnswer answer(int status, String text) {
        return new AdminAnswer(
                status, Map.of(), new Content.Whole(text.getBytes(StandardCharsets.UTF_8)));
    }

    private AdminAnswer ask(String method, String path, Map<String, List<String>> fields) {
        return console.answer(
                new AdminRequest(
                        "id",
                        method,
                        new AdminRequest.Target(path, ""),
                        fields,
                        new AdminRequest.Body(0, InputStream.nullInputStream())));
    }

    private AdminAnswer get(String path) {
        return ask("GET", path, Map.of());
    }

    private static String text(AdminAnswer answer) {
        return switch (answer.content()) {
            case Content.Whole(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Content.Streamed streamed -> throw new AssertionError(streamed);
        };
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.toList();
        }
    }

    @Test
    void thePageIsServedWithAPolicyThatAllowsNothingFromElsewhere() {
        AdminAnswer page = get("/console");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.fields())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("cache-control", "no-cache");
        assertThat(page.fields().get("content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
                .contains("connect-src 'self'", "img-src 'self'", "frame-ancestors 'none'")
                .contains("base-uri 'none'", "form-action 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe", "*", "data:");
    }

    @Test
    void whoComesToTheListenersRootIsSentToThePage() {
        assertThat(get("/").status()).isEqualTo(302);
        assertThat(get("/").fields()).containsEntry("location", "console");
        assertThat(get("/console/").fields()).containsEntry("location", "../console");
    }

    @Test
    void aFileThatIsKnownAlreadyIsNotSentAgain() {
        AdminAnswer first = get("/console/main.js");
        assertThat(first.fields()).containsEntry("content-type", "text/javascript; charset=utf-8");
        String tag = String.valueOf(first.fields().get("etag"));
        AdminAnswer again =
                ask("GET", "/console/main.js", Map.of("if-none-match", List.of("W/" + tag)));
        assertThat(again.status()).isEqualTo(304);
        assertThat(text(again)).isEmpty();
        assertThat(
                        ask("GET", "/console/main.js", Map.of("if-none-match", List.of("\"x\"")))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoFileOfThePageIsNotFound() {
        for (String path :
                List.of(
                        "/console/none.js",
                        "/console/../Console.class",
                        "/console/..%2fConsole.class",
                        "/console/a/main.js",
                        "/console/.js",
                        "/console/main.js/",
                        "/console//main.js")) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aPageIsOnlyLookedAt() {
        assertThat(ask("HEAD", "/console", Map.of()).status()).isEqualTo(200);
        AdminAnswer refused = ask("POST", "/console", Map.of());
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.fields()).containsEntry("allow", "GET, HEAD");
    }

    @Test
    void allElseIsTheApis() {
        for (String path : List.of("/v1", "/consoles", "/health/live", "//", "/Console")) {
            assertThat(get(path).status()).as(path).isEqualTo(299);
        }
    }

    @Test
    void whatTheFilesNameIsThereAndWhatIsThereIsNamed() throws IOException {
        List<String> named =
                Stream.concat(
                                Stream.of("index.html"),
                                files().stream().flatMap(file -> namedIn(file).stream()))
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(named)
                .isEqualTo(
                        files().stream()
                                .map(file -> file.getFileName().toString())
                                .sorted()
                                .toList());
        named.stream()
                .filter(name -> !name.equals("index.html"))
                .forEach(name ->
                        assertThat(get("/console/" + name).status()).as(name).isEqualTo(200));
    }

    private static List<String> namedIn(Path file) {
        return NAMED.matcher(read(file))
                .results()
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    @Test
    void noFileMakesMarkupOfTextOrNeedsAnythingFromElsewhere() throws IOException {
        for (Path file : files()) {
            assertThat(read(file))
                    .as(file.toString())
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
                    .doesNotContain("eval(", "<style", "style=", "localStorage", "@import", "url(");
            assertThat(read(file).replace("http://www.w3.org/2000/svg", ""))
                    .as(file.toString())
                    .doesNotContain("http://", "https://");
        }
    }
}
