package dev.mayfly.http;

import static dev.mayfly.http.TestApp.route;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests to an app whose revisions share them. */
class SplitRoutesTest {
    private static final String ANY = route("/...", "f");
    private static final String COOKIE = ANY + "sticky = \"cookie\"\n";
    private static final String HEADER = ANY + "sticky = \"header:X-User\"\n";

    private final TwoRevisions app = new TwoRevisions();

    private void serve(String older, String newer) {
        app.serve(app.share(1, 50, older), app.share(2, 50, newer));
    }

    @Test
    @Tag("split.weights")
    void bothAnswer() throws Exception {
        serve(ANY, ANY);
        assertThat(new HashSet<>(app.fortyTimes("/x"))).isEqualTo(Set.of("1", "2"));
        TestExchange answer = app.ask(get("/x"));
        RouteNote note = answer.note().orElseThrow();
        assertThat(note.revision()).isEqualTo(Long.parseLong(answer.text()));
        assertThat(note.function().orElseThrow().revision()).isEqualTo(note.revision());
        assertThat(answer.names()).doesNotContain("set-cookie");
    }

    @Test
    @Tag("split.cookie")
    void aCallerWithTheCookieStaysWithItsRevision() throws Exception {
        serve(COOKIE, COOKIE);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            TestExchange first = app.ask(get("/x"));
            String cookie = first.value("set-cookie");
            assertThat(cookie)
                    .matches("mayfly-revision-app=[0-9a-f]+; Path=/; HttpOnly; SameSite=Lax");
            String pair = cookie.substring(0, cookie.indexOf(';'));
            TestHead again = get("/y").with("Cookie", "a=b; " + pair + "; c=d");
            TestExchange second = app.ask(again);
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(second.names()).doesNotContain("set-cookie");
            seen.add(first.text());
        }
        assertThat(seen).isEqualTo(Set.of("1", "2"));
    }

    @Test
    @Tag("split.cookie")
    void theCookieIsSecureUnderTlsAndSetAnewIfItIsEmptyOrAnothers() throws Exception {
        serve(COOKIE, COOKIE);
        assertThat(app.ask(get("/").underTls()).value("set-cookie")).endsWith("; Secure");
        for (String other : List.of("mayfly-revision-app=", "mayfly-revision-app-2=x", "x")) {
            assertThat(app.ask(get("/").with("Cookie", other)).values("set-cookie")).hasSize(1);
        }
    }

    @Test
    void theCookieIsFoundInAnyOfTheFieldsThatHttp2SplitsItInto() throws Exception {
        serve(COOKIE, COOKIE);
        TestHead head = get("/").with("cookie", "a=b").with("cookie", "mayfly-revision-app=k");
        assertThat(app.ask(head).names()).doesNotContain("set-cookie");
    }

    @Test
    @Tag("split.header")
    void aCallerWithTheHeaderStaysWithItsRevision() throws Exception {
        serve(HEADER, HEADER);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            List<String> answers = app.fortyTimes("/", "x-user", "caller " + i);
            assertThat(new HashSet<>(answers)).hasSize(1);
            seen.addAll(answers);
        }
        assertThat(seen).isEqualTo(Set.of("1", "2"));
        assertThat(new HashSet<>(app.fortyTimes("/"))).hasSize(2);
        assertThat(new HashSet<>(app.fortyTimes("/", "x-user", ""))).hasSize(2);
    }

    @Test
    void anAppOfOneRevisionSetsNoCookieAndCountsNothing() throws Exception {
        app.serve(app.share(3, 100, COOKIE));
        TestExchange answer = app.ask(get("/"));
        assertThat(answer.names()).doesNotContain("set-cookie");
        assertThat(answer.note().orElseThrow().answers()).isEmpty();
        assertThat(answer.note().orElseThrow().revision()).isEqualTo(3);
    }

    @Test
    @Tag("split.one-revision")
    void aLocalRedirectStaysInTheRevision() throws Exception {
        String routes = route("/to", "f") + route("/in", "f") + "private = true\n";
        serve(routes, routes);
        for (int i = 0; i < 40; i++) {
            TestExchange answer = app.ask(get("/to?/to?/in"));
            RouteNote note = answer.note().orElseThrow();
            assertThat(note.route()).isEqualTo("/in");
            assertThat(String.valueOf(note.revision())).isEqualTo(answer.text());
        }
    }

    @Test
    @Tag("split.one-revision")
    void aRouteThatOnlyOneHasIs404InTheOther() throws Exception {
        serve(route("/old", "f"), route("/new", "f"));
        assertThat(new HashSet<>(app.fortyTimes("/new"))).isEqualTo(Set.of("404", "2"));
        assertThat(new HashSet<>(app.fortyTimes("/old"))).isEqualTo(Set.of("1", "404"));
        assertThat(app.ask(get("/neither")).note()).isEmpty();
        for (int i = 0; i < 40; i++) {
            TestExchange answer = app.ask(get("/new"));
            assertThat(answer.note().orElseThrow().revision())
                    .isEqualTo(answer.status() == 404 ? 1 : 2);
        }
    }

    @Test
    void aRouteThatOneHidesIsOpenInTheOther() throws Exception {
        serve(ANY + "private = true\n", ANY);
        assertThat(new HashSet<>(app.fortyTimes("/"))).isEqualTo(Set.of("404", "2"));
        serve(ANY, ANY + "private = true\n");
        assertThat(new HashSet<>(app.fortyTimes("/"))).isEqualTo(Set.of("1", "404"));
    }

    @Test
    void methodsOfAllRevisionsAreAllowed() throws Exception {
        serve(ANY + "methods = [\"GET\"]\n", ANY + "methods = [\"PUT\"]\n");
        TestExchange answer = app.ask(request("POST", "/"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.value("allow")).isEqualTo("GET, HEAD, PUT");
    }

    @Test
    void revisionsOfOneAppShareItsRateLimit() throws Exception {
        String limited = ANY + "rate_limit = { requests = 3, per = \"1h\" }\n";
        serve(limited, limited);
        assertThat(app.fortyTimes("/").stream().filter("429"::equals)).hasSize(37);
    }

    @Test
    void answersAreCountedByTheRevisionThatGaveThem() throws Exception {
        serve(ANY, ANY);
        for (int i = 0; i < 40; i++) {
            TestExchange answer = app.ask(get("/"));
            answer.note().orElseThrow().answers().orElseThrow().answered(answer.status());
            assertThat(app.answers(Long.parseLong(answer.text()))).isPositive();
        }
        assertThat(app.answers(1) + app.answers(2)).isEqualTo(40);
    }

    @Test
    void aRevisionThatWasClosedSinceGivesWayToTheNewTableAndOneCookieIsSet() throws Exception {
        AppSplit.Share first = app.share(1, 50, COOKIE);
        AppSplit.Share second = app.share(2, 50, COOKIE);
        app.serve(first, second);
        RouteTable next = TwoRevisions.table(new AppSplit(List.of(app.share(3, 100, COOKIE))));
        ScriptedFunction closing =
                new ScriptedFunction("f", ScriptedFunction.writing("Content-Type: a/b\n\n")) {
                    @Override
                    public boolean retain() {
                        app.trigger.serve(next);
                        return false;
                    }
                };
        AppRoutes closed = TestApp.of(COOKIE).function(closing, "").routes();
        AppRoutes numbered =
                new AppRoutes(closed.manifest(), 4, closed.folder(), closed.functions());
        app.serve(first, new AppSplit.Share(numbered, 99 - 49, status -> {}));
        TestExchange answer = app.ask(get("/"));
        while (answer.text().equals("1")) {
            answer = app.ask(get("/"));
        }
        assertThat(answer.text()).isEqualTo("3");
        assertThat(answer.values("set-cookie")).hasSize(1);
    }

    @Test
    void revisionsOfOneAppDoNotClashButTwoAppsDo() {
        AppSplit.Share mine = app.share(1, 100, ANY);
        AppRoutes other =
                new AppRoutes(
                        TestApp.manifest(
                                TestApp.HEADER.replace("\"app\"", "\"late\"")
                                        + "[[trigger.http]]\nroute = \"/...\"\n"
                                        + "static_response = { body = \"late\" }\n"),
                        1,
                        mine.routes().folder(),
                        mine.routes().functions());
        AppSplit two = new AppSplit(List.of(app.share(1, 50, ANY), app.share(2, 50, ANY)));
        assertThat(TwoRevisions.table(two).rows()).hasSize(1);
        assertThat(HttpTrigger.table(List.of(two, AppSplit.whole(other))).toString())
                .contains("is taken by");
    }
}
