package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestApp.route;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome;
import org.junit.jupiter.api.Test;

class HttpTriggerTest {
    private static final String HELLO = "Content-Type: text/plain\n\nhello";

    @Test
    void aFunctionsOutputBecomesTheAnswer() throws Exception {
        TestExchange answer = TestApp.any(writing(HELLO)).ask(get("/"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-type")).isEqualTo("text/plain");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.flowed()).isFalse();
        assertThat(answer.note().orElseThrow().route()).isEqualTo("/...");
    }

    @Test
    void aStaticResponseNeedsNoFunction() throws Exception {
        TestApp app =
                TestApp.of(
                        """
                        [[trigger.http]]
                        route = "/old"
                        static_response = { status = 301, headers = { location = "/new" }, body = "moved" }
                        """);
        TestExchange answer = app.ask(get("/old"));
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.value("location")).isEqualTo("/new");
        assertThat(answer.text()).isEqualTo("moved");
        TestExchange head = app.ask(request("HEAD", "/old"));
        assertThat(head.value("content-length")).isEqualTo("5");
        assertThat(head.text()).isEmpty();
    }

    @Test
    void theBodyIsStandardInputAndEveryRunGivesItsFunctionBack() throws Exception {
        ScriptedFunction echo =
                new ScriptedFunction(
                        "echo",
                        guest -> {
                            guest.write("Content-Type: text/plain\n\n" + guest.readAll());
                            return new Outcome.Exited(0);
                        });
        TestApp app = TestApp.of(route("/...", "echo")).function(echo, "");
        TestExchange answer = app.ask(request("POST", "/").withBody(11), "hello world");
        assertThat(answer.text()).isEqualTo("hello world");
        assertThat(echo.retained()).isZero();
    }

    @Test
    void aFunctionClosedAfterTheMatchIsLookedUpInTheNewTable() throws Exception {
        TestApp before = TestApp.any(writing(HELLO));
        AppRoutes old = before.routes();
        HttpTrigger trigger = before.idle();
        trigger.serve(TestApp.table(old));
        old.functions().values().forEach(dev.mayfly.pool.GuestFunction::close);
        TestExchange refused = new TestExchange(get("/"));
        trigger.handle(refused);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.value("retry-after")).isEqualTo("1");
    }

    @Test
    void aRequestThatTheCodecRefusesGetsAProblemDocumentToo() {
        TestExchange exchange = new TestExchange(get("/"));
        TestApp.any(writing(HELLO)).trigger().refuse(exchange, 431, "the headers are too large");
        assertThat(exchange.status()).isEqualTo(431);
        assertThat(exchange.value("content-type")).isEqualTo("application/problem+json");
        assertThat(exchange.text())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Request Header Fields Too Large\","
                                + "\"status\":431,\"detail\":\"the headers are too large\","
                                + "\"instance\":\"urn:request:"
                                + exchange.id()
                                + "\"}");
    }
}
