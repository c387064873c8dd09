package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AddCommandTest {
    private static final String ODD =
            """
            manifest_version = 1
            [app]
            name = "odd"
            [variables]
            key = { required = true, secret = true }
            greeting = { default = "other" }
            [[trigger.http]]
            route = "/..."
            function = "f"
            methods = ["GET", "POST"]
            rate_limit = { requests = 100, per = "1m", by = "ip" }
            [[trigger.http]]
            route = "/static/..."
            files = { source = "./public" }
            [[trigger.kafka]]
            topics = ["{{ key }}-in"]
            function = "f"
            retry = { attempts = 3, backoff = "100ms" }
            [function.f]
            source = "./out/f.wasm"
            files = [ { source = "assets", destination = "/assets" } ]
            environment = { KEY = "{{ key }}", TEXT = "a \\"b\\"\\n" }
            limits = { memory = "32MiB" }
            snapshot = { warmup = ["GET /warm"] }
            check = [ { request = "GET /ready x /y", status = 200 } ]
            [function.f.build]
            command = "./make now"
            watch = ["src/**"]
            """;

    @TempDir Path temp;
    private Path app;

    @BeforeEach
    void anApp() throws IOException {
        app = temp.resolve("shop");
        assertThat(Typed.in(temp, "new", "c", "shop").exit()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.mayfly.cli.NewCommandTest#builtIn")
    void everyBuiltInTemplateCanBeAddedAndTheLinesBeforeStay(String template) throws IOException {
        String before = toml();
        Typed added = Typed.in(app, "add", template, "more");

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.out())
                .startsWith("added more of the template " + template)
                .contains("next:");
        assertThat(toml()).startsWith(before + "\n# From the template " + template + ".\n");
        assertThat(app.resolve("more")).isDirectory();
        assertThat(app.resolve("more/app.toml")).doesNotExist();
        Typed valid = Typed.in(app, "validate");
        assertThat(valid.err()).doesNotContain("trigger", "variables");
    }

    /** What of {@link #ODD} is in the app's own app.toml, as the function api. */
    private static final String MOVED =
            """

            # From the template ../odd.
            [variables.key]
            required = true
            secret = true

            [[trigger.http]]
            route = "/api/..."
            function = "api"
            methods = ["GET", "POST"]
            rate_limit = { requests = 100, per = "1m", by = "ip" }

            [[trigger.http]]
            route = "/api/static/..."
            files = { source = "api/public" }

            [[trigger.kafka]]
            topics = ["{{ key }}-in"]
            function = "api"
            retry = { attempts = 3, backoff = "100ms" }

            [function.api]
            source = "api/out/f.wasm"
            files = [{ source = "api/assets", destination = "/assets" }]
            environment = { KEY = "{{ key }}", TEXT = "a \\"b\\"\\n" }
            limits = { memory = "32MiB" }
            snapshot = { warmup = ["GET /api/warm"] }
            check = [{ request = "GET /api/ready x /y", status = 200 }]

            [function.api.build]
            command = "cd api && ./make now"
            watch = ["api/src/**", "api/make"]
            """;

    @Test
    void whateverNamesAFileOrAPathNamesItInItsNewPlace() throws IOException {
        write("odd/app.toml", ODD);
        write("odd/tests/cases.toml", "[[case]]\nrequest = \"GET /x\"\nbody_file = \"in.bin\"\n");
        write("odd/tests/in.bin", "x");
        write("odd/tests/unit.c", "x");
        Typed added = Typed.in(app, "add", "../odd", "api");

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.out())
                .contains("route /api/...", "route /api/static/...", "topics {{ key }}-in")
                .contains("variable greeting is the app's own");
        assertThat(toml()).endsWith(MOVED.replace("../odd", temp.resolve("odd").toString()));
        assertThat(app.resolve("tests/api-cases.toml"))
                .content()
                .isEqualTo("[[case]]\nrequest = \"GET /api/x\"\nbody_file = \"api-in.bin\"\n");
        assertThat(app.resolve("tests/api-in.bin")).isRegularFile();
        assertThat(app.resolve("api/tests/unit.c")).isRegularFile();
    }

    @Test
    void aRouteCanBeGiven() throws IOException {
        assertThat(Typed.in(app, "add", "rust", "api", "--route", "/v1/things/...").out())
                .contains("  route /v1/things/...");
        assertThat(toml()).contains("route = \"/v1/things/...\"");
    }

    @Test
    void anAppWithWindowsLinesKeepsThem() throws IOException {
        Files.writeString(app.resolve("app.toml"), toml().strip().replace("\n", "\r\n"));

        assertThat(Typed.in(app, "add", "rust", "api").exit()).isZero();
        assertThat(toml().replace("\r\n", "")).doesNotContain("\n");
        assertThat(Typed.in(app, "validate").exit()).isZero();
    }

    @Test
    void onATerminalItAsks() {
        Answers answers = new Answers("rust", "hello", "api");
        Typed added = Typed.in(app, Map.of(), false, answers, "add");

        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.err()).contains("the app has a function hello already");
        assertThat(app.resolve("api")).isDirectory();
    }

    @Test
    void whatClashesIsRefusedAndNothingIsWritten() throws IOException {
        Files.createDirectories(app.resolve("mine"));
        Map<String, String> before = FolderContents.of(app);

        refused(2, "the app has a function hello already", "add", "rust", "hello");
        refused(2, "mine is there already", "add", "rust", "mine");
        refused(2, "is not a function's name", "add", "rust", "a b");
        refused(2, "no name for the function", "add", "rust");
        refused(2, "--route: ", "add", "rust", "api", "--route", "/a/.../b");
        refused(3, "same route as \"/...\"", "add", "rust", "api", "--route", "/");
        assertThat(FolderContents.of(app)).isEqualTo(before);
    }

    @Test
    void anAppTomlThatTakesNoMoreLinesIsRefused() throws IOException {
        Files.writeString(
                app.resolve("app.toml"),
                """
                manifest_version = 1
                app = { name = "shop" }
                function = { hello = { source = "hello.wasm" } }
                """);
        Map<String, String> before = FolderContents.of(app);

        refused(3, "does not fit into this app; nothing was written", "add", "rust", "api");
        assertThat(FolderContents.of(app)).isEqualTo(before);
    }

    @Test
    void withoutAnAppItSaysHowToMakeOne() {
        Typed refused = Typed.in(temp, "add", "rust", "api");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("no app.toml in " + temp, "mayfly new makes an app");
    }

    private void refused(int exit, String words, String... arguments) {
        Typed refused = Typed.in(app, arguments);
        assertThat(refused.err()).contains(words);
        assertThat(refused.exit()).isEqualTo(exit);
    }

    private String toml() throws IOException {
        return Files.readString(app.resolve("app.toml"));
    }

    private void write(String path, String text) throws IOException {
        Path file = temp.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
