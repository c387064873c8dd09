package dev.mayfly.http;

import static dev.mayfly.http.TestHead.bare;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.pool.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    /** A static route whose body is its own pattern. */
    private static String route(String pattern, String more) {
        return "[[trigger.http]]\nroute = \"%s\"\nstatic_response = { body = \"%s\" }\n%s\n"
                .formatted(pattern, pattern, more);
    }

    private static String routes(String... patterns) {
        StringBuilder all = new StringBuilder();
        for (String pattern : patterns) {
            all.append(route(pattern, ""));
        }
        return all.toString();
    }

    private static String answer(String triggers, RequestHead head) throws InterruptedException {
        TestExchange answer = TestApp.of(triggers).ask(head);
        return answer.status() == 200 ? answer.text() : Integer.toString(answer.status());
    }

    @ParameterizedTest
    @CsvSource({
        "/p/...,     /p,       /p/...",
        "/p/...,     /p/,      /p/...",
        "/p/...,     /p/x,     /p/...",
        "/p/...,     /p//x,    /p/...",
        "/p/...,     /p/../x,  /p/...",
        "/p/...,     /px,      404",
        "/a,         /a,       /a",
        "/a,         /a/,      404",
        "/a,         /A,       404",
        "/a,         /%61,     /a",
        "/a/b,       /a%2Fb,   404",
        "/a/:x,      /a/b,     /a/:x",
        "/a/:x,      /a/,      404",
        "/a/:x,      /a/b/c,   404",
        "/a/:x,      /a/..,    /a/:x",
        "/a/:x,      /a/b%2Fc, /a/:x",
        "/,          /,        /",
        "/,          //,       404",
        "/...,       //,       /...",
        "/caf%C3%A9, /caf%c3%a9, /caf%C3%A9",
    })
    void aPatternMatchesItsPathsAndNoOthers(String pattern, String path, String expected)
            throws Exception {
        assertThat(answer(routes(pattern), get(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/users/me,    /users/me",
        "/users/you,   /users/:id",
        "/users/me/x,  /users/me/...",
        "/users/you/x, /users/:id/x",
        "/users/you/y, /users/...",
        "/users,       /users/...",
        "/other,       /...",
    })
    void theFirstDifferenceFromTheLeftDecides(String path, String expected) throws Exception {
        String table =
                routes(
                        "/...",
                        "/users/...",
                        "/users/:id",
                        "/users/:id/x",
                        "/users/me",
                        "/users/me/...");
        assertThat(answer(table, get(path))).isEqualTo(expected);
    }

    @Test
    void aLiteralThatLeadsNowhereGivesWayToTheParameterBesideIt() throws Exception {
        assertThat(answer(routes("/a/b/c", "/:x/b/d"), get("/a/b/d"))).isEqualTo("/:x/b/d");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com,       /exact",
        "SHOP.example.COM:8080,  /exact",
        "shop.example.com.,      /exact",
        "a.shop.example.com,     /long",
        "b.example.com,          /short",
        "example.com,            /any",
        "127.0.0.1:3000,         /any",
        "[::1]:3000,             /any",
    })
    void anExactHostBeatsTheLongestWildcardBeatsAny(String host, String expected) throws Exception {
        String table =
                host("/...", "shop.example.com", "/exact")
                        + host("/...", "*.shop.example.com", "/long")
                        + host("/...", "*.example.com", "/short")
                        + "[[trigger.http]]\nroute=\"/...\"\nstatic_response={body=\"/any\"}\n";
        assertThat(answer(table, bare("GET", "/").with("Host", host))).isEqualTo(expected);
    }

    private static String host(String route, String host, String body) {
        return "[[trigger.http]]\nroute=\"%s\"\nhosts=[\"%s\"]\nstatic_response={body=\"%s\"}\n"
                .formatted(route, host, body);
    }

    @Test
    void aHostWithoutTheRightPathFallsThrough() throws Exception {
        String table =
                host("/only", "example.com", "exact")
                        + host("/both", "example.com", "exact")
                        + routes("/both", "/other");
        assertThat(answer(table, get("/both"))).isEqualTo("exact");
        assertThat(answer(table, get("/other"))).isEqualTo("/other");
        assertThat(answer(table, get("/none"))).isEqualTo("404");
    }

    @Test
    void anAbsoluteTargetUsesItsOwnAuthority() throws Exception {
        String table = host("/...", "other.test", "other") + routes("/...");
        assertThat(answer(table, get("http://other.test/x"))).isEqualTo("other");
        assertThat(answer(table, get("HTTP://other.test"))).isEqualTo("other");
        assertThat(answer(table, get("/x"))).isEqualTo("/...");
    }

    @Test
    void theBestRouteThatTakesTheMethodRuns() throws Exception {
        String table = route("/a", "methods = [\"GET\"]") + route("/:x", "methods = [\"POST\"]");
        assertThat(answer(table, request("POST", "/a"))).isEqualTo("/:x");
        TestExchange none = TestApp.of(table).ask(request("DELETE", "/a"));
        assertThat(none.status()).isEqualTo(405);
        assertThat(none.value("allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void anotherHostsMethodIsAMatchTooBefore405() throws Exception {
        String table =
                "[[trigger.http]]\nroute=\"/a\"\nhosts=[\"example.com\"]\nmethods=[\"GET\"]\n"
                        + "static_response={body=\"exact\"}\n"
                        + route("/a", "");
        assertThat(answer(table, request("POST", "/a"))).isEqualTo("/a");
    }

    @Test
    void getImpliesHead() throws Exception {
        String table = route("/a", "methods = [\"GET\"]") + route("/...", "methods = [\"HEAD\"]");
        TestExchange implied = TestApp.of(table).ask(request("HEAD", "/a"));
        assertThat(implied.note().orElseThrow().route()).isEqualTo("/a");
        TestExchange listed = TestApp.of(table).ask(request("HEAD", "/b"));
        assertThat(listed.note().orElseThrow().route()).isEqualTo("/...");
    }

    @Test
    void optionsRunsOnlyIfListed() throws Exception {
        TestExchange refused = TestApp.of(routes("/a")).ask(request("OPTIONS", "/a"));
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.value("allow")).isEqualTo("DELETE, GET, HEAD, PATCH, POST, PUT");
        String listed = route("/a", "methods = [\"OPTIONS\"]");
        assertThat(answer(listed, request("OPTIONS", "/a"))).isEqualTo("/a");
    }

    @Test
    void aPrivateRouteHidesFromOutsideEvenItsMethods() throws Exception {
        String table = route("/in", "private = true\nmethods = [\"GET\"]");
        assertThat(answer(table, get("/in"))).isEqualTo("404");
        assertThat(answer(table, request("POST", "/in"))).isEqualTo("404");
    }

    @Test
    void noRouteIsFoundInAnEmptyTable() {
        TestExchange exchange = new TestExchange(get("/"));
        TestApp.of("").idle().handle(exchange);
        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.text()).contains("\"urn:request:" + exchange.id() + "\"");
    }

    @Test
    void subRoutesOfAModuleStandBelowItsTrigger() throws Exception {
        ScriptedFunction function =
                new ScriptedFunction(
                                "f",
                                guest -> {
                                    guest.write(
                                            "Content-Type: text/plain\n\n" + guest.entrypoint());
                                    return new Outcome.Exited(0);
                                })
                        .withSubRoute("/bar/:x", "bar")
                        .withSubRoute("/all/...", "all");
        TestApp app = TestApp.of(TestApp.route("/foo/...", "f")).function(function, "");
        assertThat(app.ask(get("/foo")).text()).isEqualTo("_start");
        assertThat(app.ask(get("/foo/bar/1")).text()).isEqualTo("bar");
        assertThat(app.ask(get("/foo/all/1/2")).text()).isEqualTo("all");
        assertThat(app.ask(get("/foo/other")).text()).isEqualTo("_start");
    }

    @Test
    void aSubRouteBelowARouteThatEndsInASlashHasOneSlash() throws Exception {
        ScriptedFunction function =
                new ScriptedFunction(
                                "f",
                                guest -> {
                                    guest.write(
                                            "Content-Type: text/plain\n\n" + guest.entrypoint());
                                    return new Outcome.Exited(0);
                                })
                        .withSubRoute("/bar", "bar");
        TestApp app =
                TestApp.of(TestApp.route("/", "f") + TestApp.route("/foo/", "f"))
                        .function(function, "");
        assertThat(app.ask(get("/bar")).text()).isEqualTo("bar");
        assertThat(app.ask(get("/foo/bar")).text()).isEqualTo("bar");
    }

    @Test
    void aClashWithAnEarlierAppNamesIt() {
        AppRoutes first = TestApp.of(route("/a/:x", "methods = [\"GET\"]")).routes();
        AppRoutes second =
                new AppRoutes(
                        TestApp.manifest(
                                TestApp.HEADER.replace("\"app\"", "\"late\"")
                                        + route("/a/:y", "")
                                        + route("/b", "")),
                        0,
                        first.folder(),
                        first.functions());
        assertThat(HttpTrigger.table(List.of(AppSplit.whole(first), AppSplit.whole(second))))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid ->
                                assertThat(((Problem) invalid.problems().getFirst()).message())
                                        .isEqualTo(
                                                "route /a/:y of app late on host * is taken by"
                                                        + " route /a/:x of app app"));
    }

    @Test
    void rowsAreListedBestFirstWithinAHost() {
        String table =
                routes("/...", "/b", "/a/...", "/:x", "/a/c") + host("/z", "example.com", "e");
        assertThat(TestApp.table(TestApp.of(table).routes()).rows())
                .extracting(row -> row.host() + row.route())
                .containsExactly("example.com/z", "*/a/c", "*/a/...", "*/b", "*/:x", "*/...");
    }
}
