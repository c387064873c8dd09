package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real guests, in this process: no other way is there for the command. */
final class TestCommandIT {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            greeting = { default = "hello" }
            [[trigger.http]]
            route = "/echo/..."
            function = "echo"
            rate_limit = { requests = 1, per = "1h" }
            [[trigger.http]]
            route = "/fixed"
            static_response = { status = 203, headers = { x-fixed = "yes" }, body = "fixed\\n" }
            [[trigger.http]]
            route = "/files/..."
            files = { source = "www" }
            [[trigger.http]]
            route = "/inside/..."
            function = "echo"
            private = true
            [function.echo]
            source = "echo.wasm"
            environment = { GREETING = "{{ greeting }}" }
            limits = { timeout = "400ms", concurrency = 1, queue = 1 }
            """;

    @TempDir static Path cache;
    @TempDir Path folder;

    @BeforeEach
    void anApp() throws IOException {
        Files.writeString(folder.resolve("app.toml"), APP);
        Files.write(folder.resolve("echo.wasm"), Guests.module("echo-c"));
        Files.createDirectories(folder.resolve("www"));
        Files.writeString(folder.resolve("www/a.txt"), "a file\n");
        Files.createDirectories(folder.resolve("tests"));
    }

    private void tests(String name, String toml) throws IOException {
        Files.writeString(folder.resolve("tests").resolve(name), toml);
    }

    private static String cases(String name) throws IOException {
        try (InputStream in = TestCommandIT.class.getResourceAsStream("/cases/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Typed run(String... arguments) {
        return Typed.in(
                folder, Map.of("MAYFLY_CACHE_FOLDER", cache.toString()), false, with(arguments));
    }

    private static String[] with(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "test";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    @Test
    void aRequestMeetsWhatItWouldMeetOnAServer() throws IOException {
        tests("shop.toml", cases("shop.toml"));
        Files.createDirectories(folder.resolve("tests/golden"));
        Files.writeString(folder.resolve("tests/golden/a.txt"), "a file\n");
        Typed test = run();

        assertThat(test.err()).isEmpty();
        assertThat(test.out())
                .startsWith("tests/shop.toml\n  ok    a function  ")
                .containsPattern("\nok: 9 cases in [0-9.]+ m?s\n$");
        assertThat(test.exit()).isZero();
    }

    @Test
    void whatIsNotAsExpectedIsToldWithItsPlace() throws IOException {
        tests("a.toml", cases("wrong.toml"));
        Typed test = run();

        assertThat(test.exit()).isEqualTo(1);
        assertThat(test.out())
                .containsPattern("  FAIL  wrong  \\(tests/a.toml:2\\)  [0-9.]+ m?s\n")
                .contains(
                        """
                                status: 200 (expected: 201)
                                header content-type: "text/plain" (expected: "text/html")
                                header x-more: none (expected: /[a-z]+/)
                                body: is not the text that is expected
                                    one
                                  - 2
                                  + two
                                exit_code: echo exited with 0 (expected: exited with 3)
                                log: no line matches "another line"
                                  + a line
                        """
                                .indent(0))
                .containsPattern(
                        "        note: echo wrote to \\d+ pages \\(max_dirty_pages: 1\\)\n")
                .contains("        body: is no JSON: ")
                .contains("            $.a.b\n          - 2\n          + 1\n")
                .contains("  ok    right  ")
                .containsPattern("\nFAILED: 3 of 4 cases in [0-9.]+ m?s\n$")
                .doesNotContain("\u001b");
    }

    @Test
    void noCaseSeesWhatAnotherLeft() throws IOException {
        tests(
                "alone.toml",
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                """
                                [[case]]
                                name = "case %d"
                                request = "GET /echo/?count&recall&remember=%d"
                                expect.body = "count 1\\nrecalled \\n"
                                """
                                        .formatted(i, i))
                        .collect(Collectors.joining()));
        Typed test = run("--jobs", "8", "--quiet");

        assertThat(test.exit()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).startsWith("ok: 60 cases in ");
    }

    @Test
    void aGuestThatMisbehavesFailsItsOwnCaseOnly() throws IOException {
        tests(
                "bad.toml",
                cases("bad.toml")
                        + IntStream.range(0, 20)
                                .mapToObj(
                                        "[[case]]\nname = \"good %d\"\nrequest = \"GET /echo/?text=x\"\nexpect.body = \"x\"\n"
                                                ::formatted)
                                .collect(Collectors.joining()));
        Typed test = run("--jobs", "4");

        assertThat(test.exit()).isEqualTo(1);
        assertThat(test.out())
                .contains("status: 504 (expected: below 500)")
                .contains("echo: ran past its limit of 400 ms")
                .contains("exit_code: echo trapped: ")
                .contains("status: 200 (expected: 500)")
                .contains("more bytes were not kept: log_bytes is 65536")
                .contains("exit code 7")
                .contains("ok    is expected to trap")
                .containsPattern("FAILED: 6 of 27 cases");
    }

    @Test
    void aCaseMaySetVariablesOfItsOwn() throws IOException {
        tests(
                "variables.toml",
                """
                [[case]]
                name = "as given"
                request = "GET /echo/?env"
                expect.body_matches = "GREETING=hey\\n"
                [[case]]
                name = "its own"
                request = "GET /echo/?env"
                variables = { greeting = "servus" }
                expect.body_matches = "GREETING=servus\\n"
                """);

        assertThat(run("--variable", "greeting=hey").exit()).isZero();
        assertThat(run().out()).contains("FAIL  as given").contains("ok    its own");
    }

    @Test
    void problemsOfTestsAndOfTheAppEndWithThree() throws IOException {
        tests("a.toml", "[[case]]\nname = \"a\"\nreqest = \"GET /\"\n");
        tests(
                "b.toml",
                "[[case]]\nname = \"a\"\nrequest = \"GET /\"\nvariables = { greting = \"x\" }\nbody_file = \"none\"\n");
        Typed both = run();

        assertThat(both.exit()).isEqualTo(3);
        assertThat(both.out()).isEmpty();
        assertThat(both.err())
                .contains("tests/a.toml:3:1: case[0].reqest: is not a key of a case")
                .contains("    did you mean request?")
                .contains("tests/b.toml:4:15: case[0].variables.greting: is no variable of the app")
                .contains("    did you mean greeting?")
                .contains("tests/b.toml:5:1: case[0].body_file: there is no file ");

        tests("a.toml", "[[case]]\nname = \"a\"\nrequest = \"GET /\"\n");
        Files.delete(folder.resolve("tests/b.toml"));
        Files.writeString(folder.resolve("echo.wasm"), "(module)");
        Typed module = run();
        assertThat(module.exit()).isEqualTo(3);
        assertThat(module.err()).contains("function.echo").contains("1 problem in app.toml");

        Files.writeString(folder.resolve("app.toml"), APP.replace("per = \"1h\"", "per = \"1x\""));
        assertThat(run().err()).contains("app.toml:9:");
    }

    @Test
    void programsGetAnObjectAndCiSystemsGetJunitsXml() throws IOException {
        tests(
                "a.toml",
                """
                [[case]]
                name = "good"
                request = "GET /echo/?text=x"
                [[case]]
                name = "bad"
                request = "GET /echo/?text=x&stderr=a%01line%0A"
                expect.status = 404
                """);
        Typed test = run("--output", "json", "--junit", "reports/junit.xml");

        assertThat(test.exit()).isEqualTo(1);
        JsonNode all = Wire.read(test.out().getBytes(StandardCharsets.UTF_8));
        assertThat(all.path("cases").asInt()).isEqualTo(2);
        assertThat(all.path("failed").asInt()).isEqualTo(1);
        assertThat(all.at("/results/1/name").asText()).isEqualTo("bad");
        assertThat(all.at("/results/1/line").asInt()).isEqualTo(5);
        assertThat(all.at("/results/1/mismatches/0").asText())
                .isEqualTo("status: 200 (expected: 404)");
        assertThat(folder.resolve("reports/junit.xml"))
                .content()
                .contains("<testsuite name=\"tests/a.toml\" tests=\"2\" failures=\"1\"")
                .contains("<failure message=\"status: 200 (expected: 404)\"");
        assertThat(run("--output", "json", "--filter", "none").problem().path("detail").asText())
                .contains("no case has \"none\"");
    }

    @Test
    void coloursAreForTerminals() throws IOException {
        tests("a.toml", "[[case]]\nname = \"a\"\nrequest = \"GET /fixed\"\n");
        Map<String, String> environment = Map.of("MAYFLY_CACHE_FOLDER", cache.toString());

        assertThat(Typed.in(folder, environment, true, "test").out()).contains("\u001b[32mok");
        assertThat(Typed.in(folder, environment, false, "test").out()).doesNotContain("\u001b");
    }

    @Test
    @Tag("limit:TestCommand.MOST_JOBS")
    void withoutAnyCaseItSaysHowToWriteOne() throws IOException {
        Typed none = run();
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("there are no tests", "--help");
        assertThat(run("--help").out()).contains("[[case]]").contains("request = \"GET /\"");

        tests("a.toml", "[[case]]\nname = \"greets\"\nrequest = \"GET /fixed\"\n");
        assertThat(run("--filter", "nothing").exit()).isEqualTo(2);
        assertThat(run("--filter", "greet").out()).contains("ok: 1 case in");
        assertThat(run("--filter", "a.toml").out()).contains("ok: 1 case in");
        assertThat(run("--jobs", "0").err()).contains("--jobs 0 (expected: 1 to 256)");
        assertThat(run("--jobs", "257").exit()).isEqualTo(2);
        assertThat(run("--jobs", "256", "--filter", "greet").exit()).isZero();
        assertThat(run("echo.wasm").err()).contains("is a module");
    }
}
