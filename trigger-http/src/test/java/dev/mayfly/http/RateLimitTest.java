package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestHead.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.BodyReceiver.BodyFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits of whole requests. */
class RateLimitTest {
    private static final String HELLO = "Content-Type: text/plain\n\nhello";

    private static String limited(String route, String what, int requests) {
        return "[[trigger.http]]\nroute = \"%s\"\n%s\nrate_limit = { requests = %d, per = \"1h\" }\n"
                .formatted(route, what, requests);
    }

    private static TestApp app(int requests) {
        return TestApp.of(limited("/...", "function = \"f\"", requests))
                .function("f", writing(HELLO));
    }

    private static TestExchange ask(HttpTrigger trigger, TestHead head) throws Exception {
        TestExchange exchange = new TestExchange(head);
        trigger.handle(exchange);
        return exchange.await();
    }

    @Test
    void everyAnswerOfTheRouteTellsTheLimitAndTheOneAboveItIs429() throws Exception {
        HttpTrigger trigger = app(2).trigger();
        TestExchange first = ask(trigger, get("/"));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("hello");
        assertThat(first.values("ratelimit-policy")).containsExactly("\"route\";q=2;w=3600");
        assertThat(first.values("ratelimit")).containsExactly("\"route\";r=1;t=1800");
        assertThat(ask(trigger, get("/x")).values("ratelimit"))
                .containsExactly("\"route\";r=0;t=1800");
        TestExchange third = ask(trigger, get("/"));
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.value("content-type")).isEqualTo("application/problem+json");
        assertThat(third.value("retry-after")).isEqualTo("1800");
        assertThat(third.values("ratelimit")).containsExactly("\"route\";r=0;t=1800");
        assertThat(third.values("ratelimit-policy")).hasSize(1);
        assertThat(third.text()).contains("\"title\":\"Too Many Requests\"");
    }

    @Test
    void aRouteWithoutALimitSaysNothingOfIt() throws Exception {
        TestExchange answer = TestApp.any(writing(HELLO)).ask(get("/"));
        assertThat(answer.names()).doesNotContain("ratelimit", "ratelimit-policy");
    }

    @Test
    void staticAnswersAndFilesAndProblemsTellItToo(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("p")).resolve("a"), "abc");
        HttpTrigger trigger =
                TestApp.of(
                                limited("/s", "static_response = { body = \"b\" }", 9)
                                        + limited("/f/...", "files = { source = \"p\" }", 9))
                        .in(folder)
                        .trigger();
        for (String target : List.of("/s", "/f/a", "/f/none")) {
            assertThat(ask(trigger, get(target)).values("ratelimit")).as(target).hasSize(1);
        }
    }

    @Test
    void aRefusedRequestRunsNothingAndReadsNoBody() throws Exception {
        ScriptedFunction function = new ScriptedFunction("f", writing(HELLO));
        HttpTrigger trigger =
                TestApp.of(limited("/...", "function = \"f\"", 1)).function(function, "").trigger();
        ask(trigger, get("/"));
        TestExchange exchange =
                new TestExchange(TestHead.request("POST", "/").withBody(3), "abc")
                        .failingBody(BodyFailure.TOO_LARGE);
        trigger.handle(exchange);
        assertThat(exchange.await().status()).isEqualTo(429);
        assertThat(function.retained()).isZero();
    }

    @Test
    void whatIsUsedUpStaysSoWhenAnAppIsServedAgainAndBeginsAnewWithAnotherLimit() throws Exception {
        TestApp app = app(1);
        HttpTrigger trigger = app.trigger();
        ask(trigger, get("/"));
        trigger.serve(TestApp.table(app.routes()));
        assertThat(ask(trigger, get("/")).status()).isEqualTo(429);
        assertThat(trigger.rateLimits())
                .singleElement()
                .matches(it -> it.passed() == 1 && it.refused() == 1 && it.callers() == 1)
                .matches(it -> it.app().equals("app") && it.route().equals("/..."));
        trigger.serve(TestApp.table(app(2).routes()));
        assertThat(ask(trigger, get("/")).status()).isEqualTo(200);
        trigger.serve(TestApp.table());
        assertThat(trigger.rateLimits()).isEmpty();
    }

    @Test
    void subRoutesShareTheLimitOfTheirRoute() throws Exception {
        ScriptedFunction function =
                new ScriptedFunction("f", writing(HELLO)).withSubRoute("/below", "other");
        HttpTrigger trigger =
                TestApp.of(limited("/a/...", "function = \"f\"", 1))
                        .function(function, "")
                        .trigger();
        assertThat(ask(trigger, get("/a/below")).status()).isEqualTo(200);
        assertThat(ask(trigger, get("/a")).status()).isEqualTo(429);
    }

    @Test
    void aLocalRedirectCountsWhereItGoesAndTheAnswerTellsThatLimit() throws Exception {
        HttpTrigger trigger =
                TestApp.of(
                                limited("/from", "function = \"f\"", 9)
                                        + limited("/to", "static_response = { body = \"b\" }", 1))
                        .function("f", writing("Location: /to\n\n"))
                        .trigger();
        TestExchange first = ask(trigger, get("/from"));
        assertThat(first.text()).isEqualTo("b");
        assertThat(first.values("ratelimit-policy")).containsExactly("\"route\";q=1;w=3600");
        assertThat(ask(trigger, get("/from")).status()).isEqualTo(429);
        assertThat(ask(trigger, get("/to")).status()).isEqualTo(429);
    }

    @Test
    void theAppsOwnChecksAreNotCounted() {
        TestApp app =
                TestApp.of(limited("/...", "function = \"f\"", 1))
                        .function(
                                new ScriptedFunction("f", writing(HELLO)),
                                "check = [{ request = \"GET /\" }, { request = \"GET /\" }]");
        assertThat(app.idle().check(app.manifest(), TestApp.table(app.routes()), () -> {}))
                .isEmpty();
    }
}
