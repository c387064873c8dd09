package dev.mayfly.http;

import static dev.mayfly.http.TestApp.route;
import static dev.mayfly.http.TestHead.bare;
import static dev.mayfly.http.TestHead.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that name a revision. */
class PreviewTest {
    private static final String ROUTES = route("/a", "f") + route("/b", "f") + "private = true\n";

    private final TwoRevisions app = new TwoRevisions();
    private final List<RevisionWish> wishes = new ArrayList<>();
    private CompletionStage<Optional<RouteTable>> found =
            CompletableFuture.completedFuture(Optional.empty());
    private final HttpTrigger trigger = trigger(Optional.of("Preview.Test"));

    private HttpTrigger trigger(Optional<String> domain) {
        HttpTrigger made =
                new HttpTrigger(
                        new HttpSettings(
                                "Mayfly/1", List.of(), 1000, domain, Compression.OFF, text -> text),
                        TestApp.of(""),
                        wish -> {
                            wishes.add(wish);
                            return found;
                        });
        made.serve(TwoRevisions.table(new AppSplit(List.of(app.share(1, 100, ROUTES)))));
        return made;
    }

    private RouteTable revision(long number, String routes) {
        return TwoRevisions.table(AppSplit.whole(app.share(number, 100, routes).routes()));
    }

    private void find(RouteTable table) {
        found = CompletableFuture.completedFuture(Optional.of(table));
    }

    private TestExchange ask(TestHead head) throws InterruptedException {
        TestExchange exchange = new TestExchange(head);
        trigger.handle(exchange);
        return exchange.await();
    }

    private static TestHead wanting(String revision, String path) {
        return get(path).with("X-Mayfly-Revision", revision).with("x-mayfly-token", "t");
    }

    @Test
    @Tag("preview.header")
    void aRevisionIsAskedForByItsNumberAndTheAppsRoute() throws Exception {
        find(revision(7, ROUTES));
        TestExchange answer = ask(wanting("7", "/a"));
        assertThat(answer.text()).isEqualTo("7");
        assertThat(answer.note().orElseThrow().revision()).isEqualTo(7);
        assertThat(wishes).containsExactly(new RevisionWish("app", 7, Optional.of("t"), false));
    }

    @Test
    void whoAsksForNoneIsServedWhatIsLive() throws Exception {
        find(revision(7, ROUTES));
        assertThat(ask(get("/a").with("x-mayfly-token", "t")).text()).isEqualTo("1");
        assertThat(wishes).isEmpty();
    }

    @Test
    @Tag("preview.refused")
    void nothingIsToldOfWhatMayNotBeSeen() throws Exception {
        assertThat(ask(wanting("8", "/a")).status()).isEqualTo(404);
        assertThat(ask(wanting("8", "/nowhere")).status()).isEqualTo(404);
        assertThat(ask(wanting("8", "/b")).status()).isEqualTo(404);
        assertThat(wishes).hasSize(1);
        assertThat(ask(get("/a").with("X-Mayfly-Revision", "8")).status()).isEqualTo(403);
        for (String number : List.of("", "x", "-1", "1.0", "9999999999999999999")) {
            assertThat(ask(wanting(number, "/a")).status()).as(number).isEqualTo(400);
        }
        TestHead two = wanting("7", "/a").with("X-Mayfly-Revision", "7");
        assertThat(ask(two).status()).isEqualTo(400);
        assertThat(wishes).hasSize(1);
    }

    @Test
    @Tag("preview.host")
    void aRevisionIsAskedForByTheHost() throws Exception {
        find(revision(7, route("/only-in-7", "f")));
        TestHead head = bare("GET", "/only-in-7").with("Host", "7--my--app.PREVIEW.test:8080");
        assertThat(ask(head).text()).isEqualTo("7");
        assertThat(wishes).containsExactly(new RevisionWish("my--app", 7, Optional.empty(), true));
    }

    @Test
    @Tag("preview.host")
    void otherHostsNameNoRevision() throws Exception {
        for (String host :
                List.of(
                        "preview.test",
                        "app.preview.test",
                        "x--app.preview.test",
                        "--app.preview.test",
                        "a.7--app.preview.test",
                        "7--app.preview.test.evil.test",
                        "7--app.xpreview.test")) {
            assertThat(ask(bare("GET", "/a").with("Host", host)).text()).as(host).isEqualTo("1");
        }
        TestExchange exchange = new TestExchange(bare("GET", "/a").with("Host", "7--app."));
        trigger(Optional.empty()).handle(exchange);
        assertThat(exchange.await().text()).isEqualTo("1");
        assertThat(wishes).isEmpty();
    }

    @Test
    @Tag("preview.one-revision")
    void aLocalRedirectStaysInThePreview() throws Exception {
        find(revision(7, ROUTES));
        assertThat(ask(wanting("7", "/a?/b")).text()).isEqualTo("7");
        find(revision(8, route("/a", "f")));
        assertThat(ask(wanting("8", "/a?/b")).status()).isEqualTo(404);
    }

    @Test
    void aPreviewHasRateLimitsOfItsOwn() throws Exception {
        find(revision(7, route("/a", "f") + "rate_limit = { requests = 1, per = \"1h\" }\n"));
        assertThat(ask(wanting("7", "/a")).status()).isEqualTo(200);
        assertThat(ask(wanting("7", "/a")).status()).isEqualTo(429);
        assertThat(trigger.rateLimits()).isEmpty();
    }

    @Test
    @Tag("limit:PreviewDesk.MOST_PENDING")
    void soManyAreHeldAndTheNextIsSentAway() throws Exception {
        CompletableFuture<Optional<RouteTable>> later = new CompletableFuture<>();
        found = later;
        List<TestExchange> held = new ArrayList<>();
        for (int i = 0; i < PreviewDesk.MOST_PENDING; i++) {
            held.add(new TestExchange(wanting("7", "/a")));
            trigger.handle(held.getLast());
            assertThat(held.getLast().isAnswered()).isFalse();
        }
        TestExchange refused = ask(wanting("7", "/a"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.value("retry-after")).isEqualTo("1");
        later.complete(Optional.of(revision(7, ROUTES)));
        for (TestExchange each : held) {
            assertThat(each.await().text()).isEqualTo("7");
        }
        assertThat(ask(wanting("7", "/a")).text()).isEqualTo("7");
    }

    @Test
    void whatFailsIsUnavailableAndHoldsNoPlace() throws Exception {
        found = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        for (int i = 0; i <= PreviewDesk.MOST_PENDING; i++) {
            assertThat(ask(wanting("7", "/a")).text()).contains("could not be made ready");
        }
        PreviewDesk desk =
                desk(
                        Duration.ofSeconds(30),
                        wish -> {
                            throw new IllegalStateException("a bug");
                        });
        for (int i = 0; i <= PreviewDesk.MOST_PENDING; i++) {
            assertThat(take(desk).await().text()).contains("could not be made ready");
        }
    }

    @Test
    @Tag("limit:PreviewDesk.LONGEST_WAIT")
    void whoIsKeptWaitingTooLongIsSentAway() throws Exception {
        PreviewDesk desk = desk(Duration.ofMillis(20), wish -> new CompletableFuture<>());
        assertThat(take(desk).await().status()).isEqualTo(503);
    }

    private PreviewDesk desk(Duration longest, RevisionFinder finder) {
        return new PreviewDesk(
                finder,
                new Answers(text -> text),
                longest,
                (exchange, request, table) -> {
                    throw new AssertionError("served");
                });
    }

    private static TestExchange take(PreviewDesk desk) {
        TestExchange exchange = new TestExchange(get("/"));
        exchange.identify("id");
        RequestView view = new RequestView(exchange.head(), "id", "GET", "/", "", "x", null, false);
        desk.take(exchange, new Admission.Preview(view, 1, Optional.of("app")), new Router());
        return exchange;
    }
}
