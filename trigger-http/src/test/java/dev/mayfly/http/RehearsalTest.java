package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Rehearsal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {
    private static final HttpTrigger TRIGGER = TestApp.of("").idle();

    private static Manifest manifest(String routes, String function) {
        return TestApp.manifest(
                TestApp.HEADER
                        + routes
                        + "[function.f]\nsource = \"f.wasm\"\n"
                        + function
                        + "[function.g]\nsource = \"g.wasm\"\n");
    }

    private static FunctionSpec spec(Manifest manifest) {
        return manifest.functions().values().iterator().next();
    }

    private static List<Rehearsal> warmups(String routes, String warmup) {
        Manifest manifest = manifest(routes, "snapshot = { warmup = [\"" + warmup + "\"] }\n");
        return TRIGGER.warmups(manifest, spec(manifest));
    }

    private static Map<String, String> environment(Rehearsal rehearsal) {
        ArrayBlock block = new ArrayBlock();
        rehearsal.environment(block);
        return block.variables();
    }

    private static void write(Rehearsal rehearsal, String output)
            throws IOException, InterruptedException {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        rehearsal.write(bytes, 0, bytes.length);
    }

    @Test
    void aWarmUpGoesThroughTheAppsRoutesAsLocalhost() throws Exception {
        String routes =
                TestApp.route("/...", "f") + TestApp.route("/a/:x", "f") + "methods=[\"POST\"]\n";
        Rehearsal warmup = warmups(routes, "POST /a/b?q=1 some body").getFirst();
        assertThat(warmup.description()).isEqualTo("POST /a/b?q=1");
        assertThat(environment(warmup))
                .containsEntry("HTTP_HOST", "localhost")
                .containsEntry("X_MATCHED_ROUTE", "/a/:x")
                .containsEntry("X_PATH_MATCH_X", "b")
                .containsEntry("QUERY_STRING", "q=1")
                .containsEntry("CONTENT_LENGTH", "9");
        byte[] body = new byte[20];
        assertThat(warmup.read(body, 0, 20)).isEqualTo(9);
        assertThat(warmup.read(body, 0, 20)).isEqualTo(-1);
        write(warmup, "Content-Type: a/b\n\nok");
        warmup.finished(new Outcome.Exited(0), Evidence.NONE);
        assertThat(warmup.complaint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Status: 500\n\n',     answered with status 500",
        "'',                    no output",
        "'Content-Type: a/b\n', the output ends within the header block",
    })
    void aBadAnswerIsAComplaint(String output, String complaint) throws Exception {
        Rehearsal warmup = warmups(TestApp.route("/...", "f"), "GET /").getFirst();
        write(warmup, output);
        warmup.finished(new Outcome.Exited(0), Evidence.NONE);
        assertThat(warmup.complaint()).contains(complaint);
    }

    @Test
    void aTrapIsAComplaint() {
        Rehearsal warmup = warmups(TestApp.route("/...", "f"), "GET /").getFirst();
        warmup.finished(new Outcome.Trapped("unreachable"), Evidence.NONE);
        assertThat(warmup.complaint()).contains("trapped: unreachable");
    }

    @Test
    void aWarmUpThatNoRouteTakesIsAComplaint() {
        String routes = TestApp.route("/only", "f") + TestApp.route("/...", "g");
        Rehearsal warmup = warmups(routes, "GET /other").getFirst();
        assertThat(environment(warmup)).containsEntry("PATH_INFO", "/other");
        assertThat(warmup.complaint()).contains("no route of function f takes it");
    }

    @Test
    void aFunctionThatNoRouteLeadsToIsWarmedUpOnAnyPathAndOnlyItsEndCounts() throws Exception {
        Rehearsal good = warmups(TestApp.route("/...", "g"), "POST /any some body").getFirst();
        assertThat(environment(good)).containsEntry("PATH_INFO", "/any");
        write(good, "no header block\n");
        good.finished(new Outcome.Exited(0), Evidence.NONE);
        assertThat(good.complaint()).isEmpty();
        Rehearsal bad = warmups(TestApp.route("/...", "g"), "GET /").getFirst();
        bad.finished(new Outcome.Exited(3), Evidence.NONE);
        assertThat(bad.complaint()).contains("exited with code 3");
    }

    @ParameterizedTest
    @CsvSource({"/..., /", "/p/..., /p", "/a/:x/b, /a/x/b", "/caf%C3%A9/x%2Fy, /caf%C3%A9/x%2Fy"})
    void theProbeIsAGetOfTheFirstRoute(String route, String path) {
        Manifest manifest = manifest(TestApp.route(route, "f"), "");
        Rehearsal probe = TRIGGER.probe(manifest, spec(manifest));
        Map<String, String> environment = environment(probe);
        assertThat(environment.get("SCRIPT_NAME") + environment.get("X_RAW_PATH_INFO"))
                .isEqualTo(path);
        assertThat(environment).containsEntry("REQUEST_METHOD", "GET");
    }

    @Test
    void aFunctionWithoutRoutesIsProbedAllTheSame() {
        Manifest manifest = manifest("", "");
        assertThat(environment(TRIGGER.probe(manifest, spec(manifest))))
                .containsEntry("X_MATCHED_ROUTE", "/...");
    }

    @Test
    void checksReportEachFailureOfTheCandidate() {
        String checks =
                """
                check = [
                  { request = "GET /", status = 200, body_contains = "hello" },
                  { request = "GET /", status = 201 },
                  { request = "POST / body", body_contains = "bye" },
                ]
                """;
        ScriptedFunction hello =
                new ScriptedFunction("f", writing("Content-Type: text/plain\n\nhello"));
        TestApp app = TestApp.of(TestApp.route("/...", "f")).function(hello, checks);
        AppRoutes routes = app.routes();
        int[] wakes = new int[1];
        assertThat(app.idle().check(routes.manifest(), TestApp.table(routes), () -> wakes[0]++))
                .containsExactly(
                        "check \"GET /\" of function f: status 200 (expected: 201)",
                        "check \"POST /\" of function f: the body lacks \"bye\"");
        assertThat(wakes[0]).isEqualTo(3);
    }

    @Test
    void aCheckOfAHostBoundAppAsksForThatHost() {
        ScriptedFunction hello = new ScriptedFunction("f", writing("Content-Type: a/b\n\n"));
        String route = TestApp.route("/...", "f") + "hosts = [\"*.shop.test\"]\n";
        TestApp app =
                TestApp.of(route)
                        .function(hello, "check = [{ request = \"GET /\", status = 200 }]\n");
        AppRoutes routes = app.routes();
        assertThat(app.idle().check(routes.manifest(), TestApp.table(routes), () -> {})).isEmpty();
    }
}
