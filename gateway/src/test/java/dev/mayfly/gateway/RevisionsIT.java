package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several revisions of an app behind a real port. */
class RevisionsIT {
    @TempDir Path folder;

    private final Map<Long, CompletableFuture<Optional<PreparedApp>>> previews =
            new ConcurrentHashMap<>();
    private Gateway gateway;
    private int port;

    @BeforeEach
    void open() {
        gateway =
                Gateway.open(
                        PlayedServer.settings(folder, "preview.domain", "preview.test"),
                        wish ->
                                previews.getOrDefault(
                                        wish.revision(),
                                        CompletableFuture.completedFuture(Optional.empty())));
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private PreparedApp prepared(long revision) {
        return Revisions.prepared(gateway, new Revisions(folder).revision(revision));
    }

    private static AppTraffic split(PreparedApp older, int percent, PreparedApp newer) {
        return new AppTraffic(
                older.app(),
                List.of(
                        new AppTraffic.Share(older, 100 - percent),
                        new AppTraffic.Share(newer, percent)));
    }

    private Answer ask(String path, String... fields) {
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + String.join("", fields)
                            + "\r\n");
            return Answer.of(client.readAll());
        }
    }

    @Test
    void whatIsPreparedIsServedSharedAndWithdrawn() {
        PreparedApp first = prepared(1);
        assertThat(ask("/a").status()).isEqualTo(404);
        assertThat(gateway.serve(AppTraffic.whole(first)))
                .asInstanceOf(type(ServeResult.Served.class))
                .satisfies(served -> assertThat(served.routes()).isEqualTo(first.routes()));
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        PreparedApp second = prepared(2);
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        gateway.serve(split(first, 50, second));
        Map<Long, Integer> told = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            told.merge(Revisions.told(ask("/a").body()), 1, Integer::sum);
        }
        assertThat(told.keySet()).isEqualTo(Set.of(1L, 2L));
        told.forEach((revision, count) ->
                await().untilAsserted(() ->
                        assertThat(gateway.answers("shop", revision))
                                .containsEntry(StatusClass.SUCCESS, (long) count)
                                .containsEntry(StatusClass.SERVER_ERROR, 0L)));
        gateway.serve(AppTraffic.whole(second));
        assertThat(first.closed()).isTrue();
        assertThat(second.closed()).isFalse();
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(2);
        assertThat(gateway.routes()).hasSize(1);
        assertThat(gateway.withdraw("shop")).isTrue();
        assertThat(gateway.withdraw("shop")).isFalse();
        assertThat(second.closed()).isTrue();
        assertThat(ask("/a").status()).isEqualTo(404);
        assertThat(gateway.routes()).isEmpty();
    }

    @Test
    void failuresAreCountedByTheRevisionThatFailed() {
        PreparedApp first = prepared(1);
        PreparedApp second = prepared(2);
        gateway.serve(split(first, 99, second));
        for (int i = 0; i < 20; i++) {
            ask("/a?trap");
        }
        await().untilAsserted(() -> assertThat(failures(1) + failures(2)).isEqualTo(20));
        assertThat(gateway.answers("shop", 3).values()).allMatch(count -> count == 0);
        assertThat(gateway.answers("other", 1).values()).allMatch(count -> count == 0);
        gateway.serve(split(first, 50, second));
        assertThat(failures(2)).isPositive();
    }

    private double failures(long revision) {
        return FunctionMeters.of(gateway.answers("shop", revision), StatusClass.SERVER_ERROR);
    }

    @Test
    void eachRevisionHasSeriesOfItsOwn() {
        gateway.serve(split(prepared(1), 50, prepared(2)));
        for (int i = 0; i < 40; i++) {
            ask("/a");
        }
        Scrape scrape = Scrape.of(gateway);
        String runs =
                "mayfly_function_runs_total{app=\"shop\",function=\"echo-c\","
                        + "outcome=\"succeeded\",revision=\"";
        assertThat(scrape.value(runs + "1\"}") + scrape.value(runs + "2\"}")).isEqualTo(40);
        assertThat(gateway.functions().rows())
                .extracting(FunctionRow::revision)
                .containsExactly(1L, 2L);
    }

    @Test
    void aRouteThatAnotherAppHasIsRefusedBeforeAndWhenItIsServed() {
        PreparedApp mine = prepared(1);
        AppSource taking =
                new AppFolder(folder.resolve("other"))
                        .with("echo-c")
                        .app("other", AppFolder.function("/...", "echo-c"));
        AppRevision other = new AppRevision(taking.manifest(), 1, taking.folder());
        PreparedApp tooLate = Revisions.prepared(gateway, other);
        gateway.serve(AppTraffic.whole(mine));
        assertThat(gateway.prepare(other))
                .asInstanceOf(type(Preparation.Refused.class))
                .satisfies(refused ->
                        assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem ->
                                        assertThat(problem.key()).isEqualTo("trigger.http.route")));
        assertThat(gateway.serve(AppTraffic.whole(tooLate)))
                .isInstanceOf(ServeResult.Refused.class);
        assertThat(tooLate.closed()).isFalse();
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        tooLate.close();
        assertThat(tooLate.closed()).isTrue();
    }

    @Test
    void itsOwnerCannotCloseWhatIsServedAndWhatIsClosedIsNotServed() {
        PreparedApp first = prepared(1);
        PreparedApp second = prepared(2);
        gateway.serve(AppTraffic.whole(first));
        first.close();
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        second.close();
        assertThat(gateway.serve(split(first, 50, second)))
                .asInstanceOf(type(ServeResult.Refused.class))
                .satisfies(refused ->
                        assertThat(refused.problems().getFirst().message())
                                .isEqualTo("revision 2 of app shop is closed"));
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        PreparedApp third = prepared(3);
        assertThat(gateway.serve(split(second, 50, third))).isInstanceOf(ServeResult.Refused.class);
        third.close();
        assertThat(third.closed()).isTrue();
    }

    @Test
    void aCheckThatFailsRefusesTheRevision() {
        String check = "check = [{ request = \"GET /\", status = 418 }]";
        assertThat(gateway.prepare(new Revisions(folder).revision(1, check)))
                .asInstanceOf(type(Preparation.Refused.class))
                .satisfies(refused ->
                        assertThat(refused.problems().getFirst().key()).isEqualTo("check"));
    }

    @Test
    void aRevisionIsSeenBeforeItIsServed() {
        gateway.serve(AppTraffic.whole(prepared(1)));
        previews.put(2L, CompletableFuture.completedFuture(Optional.of(prepared(2))));
        String[] wish = {"X-Mayfly-Revision: 2\r\n", "X-Mayfly-Token: secret\r\n"};
        Answer answer = ask("/a", wish);
        assertThat(Revisions.told(answer.body())).isEqualTo(2);
        assertThat(answer.body()).doesNotContain("MAYFLY", "secret");
        assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
        assertThat(ask("/a", "X-Mayfly-Revision: 3\r\n", wish[1]).status()).isEqualTo(404);
        assertThat(ask("/a", wish[0]).status()).isEqualTo(403);
    }

    @Test
    @Tag("preview.host")
    void aRevisionIsSeenAtAHostOfItsOwn() {
        gateway.serve(AppTraffic.whole(prepared(1)));
        previews.put(2L, CompletableFuture.completedFuture(Optional.of(prepared(2))));
        assertThat(Revisions.told(at("2--shop.Preview.test").body())).isEqualTo(2);
        assertThat(at("3--shop.preview.test").status()).isEqualTo(404);
        assertThat(Revisions.told(at("2--shop.elsewhere.test").body())).isEqualTo(1);
    }

    private Answer at(String host) {
        try (RawClient client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return Answer.of(client.readAll());
        }
    }

    @Test
    void aRequestThatWaitsForItsRevisionKeepsItsBody() throws InterruptedException {
        gateway.serve(AppTraffic.whole(prepared(1)));
        CompletableFuture<Optional<PreparedApp>> later = new CompletableFuture<>();
        previews.put(2L, later);
        String body = "0123456789abcdef".repeat(20_000);
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "POST /a?echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "X-Mayfly-Revision: 2\r\nX-Mayfly-Token: t\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body.substring(0, 1000));
            await().until(() -> gateway.stats().running() == 1);
            Thread rest = Thread.ofVirtual().start(() -> client.send(body.substring(1000)));
            assertThat(Revisions.told(ask("/a").body())).isEqualTo(1);
            later.complete(Optional.of(prepared(2)));
            Answer answer = Answer.of(client.readAll());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().contains(body)).as("the body comes back").isTrue();
            rest.join();
        }
    }

    @Test
    void aRefusedPreviewLeavesTheConnectionInOrder() {
        gateway.serve(AppTraffic.whole(prepared(1)));
        CompletableFuture<Optional<PreparedApp>> later = new CompletableFuture<>();
        previews.put(2L, later);
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "POST /a HTTP/1.1\r\nHost: localhost\r\nX-Mayfly-Revision: 2\r\n"
                            + "X-Mayfly-Token: t\r\nContent-Length: 5\r\n\r\nhello"
                            + "GET /a?text=next HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> gateway.stats().running() > 0);
            later.complete(Optional.empty());
            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 404");
            assertThat(client.readUntil("next")).contains("HTTP/1.1 200");
        }
    }

    @Test
    @Tag("split.cookie")
    void aCallerComesBackToItsRevisionByACookie() {
        Revisions revisions = new Revisions(folder);
        PreparedApp first = Revisions.prepared(gateway, revisions.sticky(1, "cookie"));
        PreparedApp second = Revisions.prepared(gateway, revisions.sticky(2, "cookie"));
        gateway.serve(split(first, 50, second));
        for (int i = 0; i < 10; i++) {
            Answer answer = ask("/a");
            String cookie = answer.all("set-cookie").getFirst();
            String pair = "Cookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n";
            assertThat(Revisions.told(ask("/b", pair).body()))
                    .isEqualTo(Revisions.told(answer.body()));
        }
    }

    @Test
    void theHealthPageSaysWhatTheServerLacks() {
        String page = "/.well-known/mayfly/health";
        gateway.degraded(Set.of("the database is away", "app \"shop\""));
        Answer degraded = ask(page);
        assertThat(degraded.status()).isEqualTo(200);
        assertThat(degraded.body())
                .isEqualTo(
                        "{\"status\":\"degraded\",\"reasons\":[\"app \\\"shop\\\"\","
                                + "\"the database is away\"]}\n");
        gateway.degraded(Set.of());
        assertThat(ask(page).body()).isEqualTo("{\"status\":\"ok\"}\n");
    }
}
