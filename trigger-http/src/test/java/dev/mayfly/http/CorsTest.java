package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pages of other sites are told. */
class CorsTest {
    private static final String OWN =
            "Content-Type: text/plain\nAccess-Control-Allow-Origin: *\nVary: x-mine\n\nhello";
    private static final String SHOP = "https://shop.test";

    private final ScriptedFunction function = new ScriptedFunction("f", writing(OWN));

    private TestExchange ask(TestHead head, String more, String cors) throws Exception {
        String route = "[[trigger.http]]\nroute = \"/a\"\nfunction = \"f\"\n";
        return TestApp.of(route + more + "cors = { " + cors + " }\n")
                .function(function, "")
                .ask(head);
    }

    private TestExchange ask(TestHead head, String cors) throws Exception {
        return ask(head, "", cors);
    }

    private static TestHead preflight(String origin, String method) {
        return request("OPTIONS", "/a")
                .with("Origin", origin)
                .with("Access-Control-Request-Method", method);
    }

    @Test
    @Tag("cors.preflight")
    void aPreflightIsAnsweredWithoutAGuest() throws Exception {
        TestExchange answer =
                ask(
                        preflight(SHOP, "PUT"),
                        "methods = [\"GET\", \"PUT\"]\n",
                        "origins = [\"https://shop.test\", \"http://localhost:5173\"],"
                                + " headers = [\"x-a\", \"x-b\"], credentials = true,"
                                + " max_age = \"10m\"");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.values("access-control-allow-origin")).containsExactly(SHOP);
        assertThat(answer.value("access-control-allow-methods")).isEqualTo("GET, HEAD, PUT");
        assertThat(answer.value("access-control-allow-headers")).isEqualTo("x-a, x-b");
        assertThat(answer.value("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.value("access-control-max-age")).isEqualTo("600");
        assertThat(answer.value("vary")).contains("origin", "access-control-request-method");
        assertThat(function.retained()).isZero();
    }

    @Test
    @Tag("cors.preflight")
    void aPreflightOfAnotherOriginIsAllowedNothing() throws Exception {
        TestExchange answer =
                ask(preflight("https://evil.test", "GET"), "origins = [\"https://shop.test\"]");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.names()).doesNotContain("access-control-allow-origin");
        assertThat(answer.names()).doesNotContain("access-control-allow-methods").contains("vary");
    }

    @Test
    @Tag("cors.preflight")
    void whatIsNoPreflightIsAnsweredAsEver() throws Exception {
        String cors = "origins = [\"*\"]";
        assertThat(ask(request("OPTIONS", "/a").with("Origin", SHOP), cors).status())
                .isEqualTo(405);
        assertThat(ask(request("OPTIONS", "/a"), cors).status()).isEqualTo(405);
        assertThat(ask(preflight(SHOP, "GE T"), cors).status()).isEqualTo(405);
        assertThat(ask(preflight(SHOP, "DELETE"), "methods = [\"GET\"]\n", cors).status())
                .isEqualTo(405);
        assertThat(ask(preflight(SHOP, "GET"), "private = true\n", cors).status()).isEqualTo(404);
    }

    @Test
    @Tag("cors.preflight")
    void aRouteWithoutAPolicyAnswersNoPreflight() throws Exception {
        TestExchange answer =
                TestApp.of(TestApp.route("/a", "f"))
                        .function(function, "")
                        .ask(preflight(SHOP, "GET"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.names()).doesNotContain("access-control-allow-origin");
    }

    @Test
    @Tag("cors.fields")
    void anAnswerNamesTheOriginAndTheFunctionsOwnPolicyIsReplaced() throws Exception {
        TestExchange answer =
                ask(
                        get("/a").with("Origin", SHOP),
                        "origins = [\"https://shop.test\"], expose = [\"x-total\"],"
                                + " credentials = true");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.values("access-control-allow-origin")).containsExactly(SHOP);
        assertThat(answer.value("access-control-expose-headers")).isEqualTo("x-total");
        assertThat(answer.value("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.values("vary")).containsExactly("x-mine", "origin");
    }

    @Test
    @Tag("cors.fields")
    void anAnswerToAnotherOriginOrNoneNamesNoneButSaysThatItVaries() throws Exception {
        for (TestHead head : new TestHead[] {get("/a"), get("/a").with("Origin", "null")}) {
            TestExchange answer =
                    ask(head, "origins = [\"https://shop.test\"], expose = [\"x-total\"]");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.names())
                    .doesNotContain("access-control-allow-origin", "access-control-expose-headers");
            assertThat(answer.values("vary")).containsExactly("x-mine", "origin");
        }
    }

    @Test
    @Tag("cors.fields")
    void anyOriginIsToldAsAStar() throws Exception {
        TestExchange answer = ask(get("/a").with("Origin", SHOP), "origins = [\"*\"]");
        assertThat(answer.values("access-control-allow-origin")).containsExactly("*");
        assertThat(answer.values("vary")).containsExactly("x-mine");
    }

    @Test
    @Tag("cors.fields")
    void aRefusalCarriesThemTooAndAPreflightIsNotCounted() throws Exception {
        TestApp app =
                TestApp.of(
                                "[[trigger.http]]\nroute = \"/a\"\nfunction = \"f\"\n"
                                        + "rate_limit = { requests = 1, per = \"1h\" }\n"
                                        + "cors = { origins = [\"*\"] }\n")
                        .function(function, "");
        HttpTrigger trigger = app.trigger();
        TestHead head = get("/a").with("Origin", SHOP);
        for (TestHead next : new TestHead[] {preflight(SHOP, "GET"), head, head}) {
            TestExchange answer = new TestExchange(next);
            trigger.handle(answer);
            assertThat(answer.await().values("access-control-allow-origin")).hasSize(1);
        }
        TestExchange refused = new TestExchange(head);
        trigger.handle(refused);
        assertThat(refused.await().status()).isEqualTo(429);
        assertThat(refused.values("access-control-allow-origin")).containsExactly("*");
    }

    @Test
    @Tag("cors.preflight")
    void aRouteThatListsOptionsLeavesPreflightsToTheGatewayAndTheRestToItsFunction()
            throws Exception {
        String more = "methods = [\"GET\", \"OPTIONS\"]\n";
        String cors = "origins = [\"*\"]";
        assertThat(ask(preflight(SHOP, "GET"), more, cors).status()).isEqualTo(204);
        assertThat(ask(request("OPTIONS", "/a"), more, cors).text()).isEqualTo("hello");
    }

    @Test
    @Tag("cors.preflight")
    void aPreflightToAnAppOfTwoRevisionsIsAnsweredByOneOfThem() throws Exception {
        String with = TestApp.route("/x", "f") + "cors = { origins = [\"*\"] }\n";
        TwoRevisions both = new TwoRevisions();
        both.serve(both.share(1, 50, with), both.share(2, 50, with));
        TestHead head =
                request("OPTIONS", "/x")
                        .with("Origin", SHOP)
                        .with("Access-Control-Request-Method", "GET");
        for (int i = 0; i < 10; i++) {
            TestExchange answer = both.ask(head);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.values("access-control-allow-origin")).containsExactly("*");
        }
        both.serve(
                both.share(1, 50, TestApp.route("/x", "f")),
                both.share(2, 50, TestApp.route("/x", "f")));
        assertThat(both.ask(head).status()).isEqualTo(405);
    }
}
