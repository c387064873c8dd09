package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.guests.MadeCertificate;
import dev.mayfly.registry.TestDatabase;
import dev.mayfly.server.AdminClient.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log lines of all gateways, asked of one; real gateways over one real database. */
class AllLogsIT {
    /** Longer than a gateway that died is counted among those that are there. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String KEYS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir static Path folder;

    private static TestDatabase database;
    private static LiveServer here;
    private static LiveServer there;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.start();
        here = server("here");
        there = server("there");
        here.upload();
    }

    private static LiveServer server(String name, String... more) throws Exception {
        return LiveServer.start(folder.resolve(name), database.url(), folder.resolve("here"), more);
    }

    @AfterAll
    static void close() {
        there.close();
        here.close();
        database.close();
    }

    private static void deploy(String app) {
        assertThat(
                        here.deploy(app, LiveServer.manifest(app, "one"), Map.of("wait", "30s"))
                                .statusCode())
                .isIn(200, 201);
        // A deploy waits for gateways whose first heartbeat has come; the other may have begun just
        // now.
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Face.ask(there.app(), "/" + app + "/?text=up").statusCode() == 200);
    }

    private static void log(URI gateway, String app, String line) throws Exception {
        assertThat(Face.ask(gateway, "/" + app + "/?stderr=" + line).statusCode()).isEqualTo(200);
    }

    private static JsonNode page(LiveServer asked, String app, String query) throws Exception {
        Reply reply = asked.admin().get("/v1/apps/" + app + "/logs/all" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> lines(JsonNode page) {
        List<String> lines = new ArrayList<>();
        page.path("lines").forEach(line -> lines.add(line.path("line").asText()));
        return lines;
    }

    private static List<String> silent(JsonNode page) {
        List<String> notes = new ArrayList<>();
        page.path("silent")
                .forEach(each ->
                        notes.add(
                                each.path("gateway").asText()
                                        + ": "
                                        + each.path("reason").asText()));
        return notes;
    }

    /** Until both are heard of, and what was logged is kept. */
    private static JsonNode whenAll(LiveServer asked, String app, String... wanted) {
        return Awaitility.await()
                .atMost(LONG)
                .until(
                        () -> page(asked, app, ""),
                        page -> lines(page).containsAll(List.of(wanted)) && silent(page).isEmpty());
    }

    @Test
    @Tag("limit:ApiLimits.MOST_FOLLOWING")
    void whoFollowsAllGatewaysLeavesRoomForOthers() throws Exception {
        deploy("crowd");
        String path = "/v1/apps/crowd/logs/all";
        List<Future<Reply>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 65; i++) {
                asked.add(threads.submit(() -> here.admin().get(path + "?wait=50s")));
            }
            Awaitility.await().atMost(LONG).until(() -> asked.stream().anyMatch(Future::isDone));
            assertThat(here.admin().get("/v1/apps").status()).isEqualTo(200);
            log(here.app(), "crowd", "released");
        }
        assertThat(asked.stream().map(each -> each.resultNow().status()).sorted().toList())
                .isEqualTo(
                        Stream.concat(Collections.nCopies(64, 200).stream(), Stream.of(503))
                                .toList());
        assertThat(here.admin().get(path).status()).isEqualTo(200);
    }

    @Test
    void linesOfBothGatewaysAreReadFromEitherByTime() throws Exception {
        deploy("both");
        log(here.app(), "both", "first");
        log(there.app(), "both", "second");
        log(here.app(), "both", "third");
        for (LiveServer asked : List.of(here, there)) {
            JsonNode page = whenAll(asked, "both", "first", "second", "third");
            assertThat(lines(page)).containsExactly("first", "second", "third");
            assertThat(page.path("gateways").asInt()).isEqualTo(2);
            assertThat(page.path("lines").path(1).path("gateway").asText()).isNotEmpty();
        }
    }

    @Test
    void whoeverFollowsHearsOfALineOfTheOtherGatewayOnce() throws Exception {
        deploy("followed");
        log(there.app(), "followed", "before");
        String next = whenAll(here, "followed", "before").path("next").asText();
        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> followed(here, "followed", next));
        log(there.app(), "followed", "after");
        JsonNode page = waiting.join();
        assertThat(lines(page)).containsExactly("after");
        log(here.app(), "followed", "own");
        assertThat(lines(followed(there, "followed", page.path("next").asText())))
                .containsExactly("own");
    }

    /** The first page with lines. */
    private static JsonNode followed(LiveServer asked, String app, String next) {
        try {
            JsonNode page = page(asked, app, "?wait=50s&after=" + next);
            while (lines(page).isEmpty()) {
                page = page(asked, app, "?wait=50s&after=" + page.path("next").asText());
            }
            return page;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aGatewayThatDiesIsANoteAndTheOthersLinesAreThere() throws Exception {
        deploy("orphan");
        Map<String, String> settings = Map.of("database.url", database.url(), "secrets.keys", KEYS);
        String address;
        String next;
        try (ServerProcess third = ServerProcess.start(folder.resolve("third"), settings)) {
            address = third.admin("").at().toString();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> Face.ask(third.app(), "/orphan/").statusCode() == 200);
            log(third.app(), "orphan", "last-words");
            log(here.app(), "orphan", "survives");
            next = whenAll(here, "orphan", "last-words", "survives").path("next").asText();
            third.killAfter(1);
        }
        JsonNode page = page(here, "orphan", "?wait=50s&after=" + next);
        assertThat(lines(page)).isEmpty();
        assertThat(silent(page))
                .singleElement()
                .asString()
                .contains("(" + address + ")")
                .endsWith(": nothing listens there");
        log(there.app(), "orphan", "goes-on");
        String then = page.path("next").asText();
        assertThat(lines(followed(here, "orphan", then))).containsExactly("goes-on");
    }

    @Test
    void aGatewayThatIsReachedAtAnothersAddressIsANote() throws Exception {
        deploy("mistaken");
        String wrong = here.admin().at().toString();
        try (LiveServer liar = server("liar", "admin_advertise", wrong)) {
            log(liar.app(), "mistaken", "unheard");
            Set<String> heard = new HashSet<>();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> {
                        JsonNode page = page(there, "mistaken", "");
                        heard.addAll(lines(page));
                        return silent(page).toString().contains("another gateway answers");
                    });
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aTokenForAnotherAppIsToldOfNothingAndAWrongCursorIsRefused() throws Exception {
        deploy("closed");
        String reader =
                here.admin()
                        .post(
                                "/v1/tokens",
                                Map.of(
                                        "name", "other",
                                        "scopes", List.of("deploy:other"),
                                        "lifetime", "1h"))
                        .json()
                        .path("text")
                        .asText();
        assertThat(here.getAs(reader, "/v1/apps/closed/logs/all").statusCode()).isEqualTo(404);
        for (String wrong : List.of("1", "bm8", "!!")) {
            Reply reply = here.admin().get("/v1/apps/closed/logs/all?after=" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(422);
        }
    }

    /** One certificate for all of them, and callers have to show it. */
    @Test
    void gatewaysWithTheSameCertificateKnowEachOther() throws Exception {
        MadeCertificate shared = MadeCertificate.make(folder, "shared", "EC", "gateways.example");
        String[] tls = {
            "admin.tls.certificate", shared.certificate().toString(),
            "admin.tls.key", shared.key().toString(),
            "admin.tls.client_authority", shared.certificate().toString()
        };
        deploy("sealed");
        try (LiveServer one = server("one", tls);
                LiveServer two = server("two", tls);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(shared.showing(shared)).build()) {
            log(two.app(), "sealed", "over-tls");
            String token = Files.readString(folder.resolve("here/admin.token")).strip();
            HttpRequest question =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            one.admin().at().toString().replace("http:", "https:")
                                                    + "/v1/apps/sealed/logs/all"))
                            .header("authorization", "Bearer " + token)
                            .build();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() ->
                            client.send(question, BodyHandlers.ofString())
                                    .body()
                                    .contains("over-tls"));
        }
    }

    @Test
    @Tag("limit:Peers.MOST_PEERS")
    @Tag("limit:Peers.MOST_BYTES")
    @Tag("limit:LogRound.LINES")
    void aLimitOfLinesIsThatOfEachGateway() throws Exception {
        assertThat(Peers.MOST_PEERS).isEqualTo(48);
        assertThat(Peers.MOST_BYTES).isEqualTo(32 << 20);
        assertThat(LogRound.LINES).isEqualTo(500);
        deploy("many");
        for (int i = 0; i < 3; i++) {
            log(here.app(), "many", "here-" + i);
            log(there.app(), "many", "there-" + i);
        }
        whenAll(here, "many", "here-2", "there-2");
        assertThat(lines(page(here, "many", "?limit=2")))
                .containsExactly("here-1", "there-1", "here-2", "there-2");
        assertThat(lines(page(here, "many", "?limit=100000"))).hasSize(6);
    }
}
