package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.EchoReport;
import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import dev.mayfly.pool.RuntimeSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract with real guests of three toolchains, without a socket. */
class EchoGuestIT {
    @TempDir private static Path folder;

    private static GuestRuntime runtime;
    private static final Map<String, TestApp> APPS = new HashMap<>();

    static List<String> echoes() {
        return Guests.echoes();
    }

    @BeforeAll
    static void loadThem() {
        runtime = GuestRuntime.start(RuntimeSettings.defaults(folder), (_, _) -> {});
        echoes().forEach(guest -> APPS.put(guest, app(guest)));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static TestApp app(String guest) {
        String limits = "limits = { timeout = \"500ms\", response_body = \"40KiB\" }\n";
        String routes = TestApp.route("/:what/...", "echo");
        Manifest manifest =
                TestApp.manifest(
                        TestApp.HEADER
                                + routes
                                + "[function.echo]\nsource = \"x.wasm\"\n"
                                + limits);
        FunctionSpec spec = manifest.functions().values().iterator().next();
        HttpTrigger idle = TestApp.of("").idle();
        LoadRequest request =
                new LoadRequest(
                        new FunctionId("app", 0, "echo"),
                        spec,
                        () -> Guests.module(guest),
                        folder,
                        () -> idle.warmups(manifest, spec),
                        () -> idle.probe(manifest, spec),
                        idle::sample);
        return TestApp.of(routes).function(loaded(request), limits);
    }

    private static GuestFunction loaded(LoadRequest request) {
        return switch (runtime.load(request)) {
            case LoadResult.Loaded loaded -> loaded.function();
            case LoadResult.Unloadable(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    private static TestExchange ask(String guest, RequestHead head, String body)
            throws InterruptedException {
        TestApp app = Objects.requireNonNull(APPS.get(guest));
        TestExchange exchange = new TestExchange(head, body);
        app.trigger().handle(exchange);
        runtime.wake();
        return exchange.await();
    }

    private static TestExchange ask(String guest, String commands) throws InterruptedException {
        return ask(guest, get("/echo/x?" + commands), "");
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void environmentArgumentsAndBodyArrive(String guest) throws Exception {
        TestHead head =
                request("POST", "/a%20b/c%2Fd?report&x=1").with("X-A", "1").with("x-a", "2");
        TestExchange answer = ask(guest, head.withBody(3), "\u0000\u00ff\n");
        assertThat(answer.status()).isEqualTo(200);
        EchoReport report = EchoReport.of(answer.text().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(report.environment())
                .containsEntry("SCRIPT_NAME", "/a%20b")
                .containsEntry("PATH_INFO", "/c/d")
                .containsEntry("X_PATH_MATCH_WHAT", "a b")
                .containsEntry("HTTP_X_A", "1, 2")
                .containsEntry("CONTENT_LENGTH", "3")
                .containsEntry("X_REQUEST_ID", answer.id());
        assertThat(report.arguments()).containsExactly("/a%20b/c%2Fd", "report", "x=1");
        assertThat(report.stdin()).isEqualTo("\u0000\u00ff\n");
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void endingsHaveTheirStatuses(String guest) throws Exception {
        assertThat(ask(guest, "nothing").status()).isEqualTo(502);
        assertThat(ask(guest, "trap").status()).isEqualTo(500);
        assertThat(ask(guest, "loop").status()).isEqualTo(504);
        assertThat(ask(guest, "text=x&exit=3").text()).isEqualTo("x");
        assertThat(ask(guest, "nothing&exit=3").status()).isEqualTo(502);
        assertThat(ask(guest, "head=no%20colon%0A%0A").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void aHeadThatWaitsTenMillisecondsGoesOutAndALateTrapBreaksOff(String guest) throws Exception {
        TestExchange slow = ask(guest, "text=a&flush&sleep=100&text=b");
        assertThat(slow.flowed()).isTrue();
        assertThat(slow.text()).isEqualTo("ab");
        TestExchange broken = ask(guest, "text=a&flush&sleep=100&trap");
        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.abortedAs()).isEqualTo(500);
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void aLargeBodyFlowsAndOneTooLargeBreaksOff(String guest) throws Exception {
        assertThat(ask(guest, "body=30000").text()).hasSize(30_000);
        assertThat(ask(guest, "body=50000").abortedAs()).isEqualTo(502);
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void aLocalRedirectRunsTheFunctionAgain(String guest) throws Exception {
        TestExchange answer = ask(guest, "head=Location:%20/other/y?text=there%0A%0A&text=");
        assertThat(answer.text()).isEqualTo("there");
    }
}
