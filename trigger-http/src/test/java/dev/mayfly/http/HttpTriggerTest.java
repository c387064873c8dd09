package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestApp.route;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    void aFunctionClosedAfterTheMatchIsLookedUpInTheNewestTable() throws Exception {
        TestApp app = TestApp.any(writing(HELLO));
        HttpTrigger trigger = app.trigger();
        RouteTable next =
                TestApp.table(TestApp.any(writing(HELLO.replace("hello", "new"))).routes());
        ScriptedFunction closing =
                new ScriptedFunction("f", writing(HELLO)) {
                    @Override
                    public boolean retain() {
                        trigger.serve(next);
                        return false;
                    }
                };
        trigger.serve(TestApp.table(TestApp.of(route("/...", "f")).function(closing, "").routes()));
        TestExchange exchange = new TestExchange(get("/"));
        trigger.handle(exchange);
        assertThat(exchange.text()).isEqualTo("new");
    }

    @Test
    void aClosedFunctionWithoutASuccessorIsUnavailable() throws Exception {
        ScriptedFunction function = new ScriptedFunction("f", writing(HELLO));
        function.close();
        TestExchange answer = TestApp.of(route("/...", "f")).function(function, "").ask(get("/"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.value("retry-after")).isEqualTo("1");
    }

    @Test
    void aFunctionThatCouldNotBeLoadedIsUnavailable() throws Exception {
        AppRoutes whole = TestApp.any(writing(HELLO)).routes();
        TestApp app = TestApp.of("");
        HttpTrigger trigger = app.idle();
        trigger.serve(TestApp.table(new AppRoutes(whole.manifest(), 0, whole.folder(), Map.of())));
        TestExchange exchange = new TestExchange(get("/"));
        trigger.handle(exchange);
        assertThat(exchange.status()).isEqualTo(503);
    }

    @Test
    void aClientThatGoesAwayCancelsTheRunItHasThen() throws Exception {
        AtomicInteger cancels = new AtomicInteger();
        WaitingFunction waiting = new WaitingFunction("f", cancels::incrementAndGet);
        TestExchange exchange = new TestExchange(get("/"));
        TestApp.of(route("/...", "f")).function(waiting, "").trigger().handle(exchange);
        exchange.clientGoes();
        assertThat(cancels).hasValue(1);
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
