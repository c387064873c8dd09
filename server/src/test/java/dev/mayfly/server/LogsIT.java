package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.LogLine;
import dev.mayfly.gateway.LogPage;
import dev.mayfly.gateway.LogQuery;
import dev.mayfly.registry.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API makes of a request for log lines; what is kept of them is the gateway's. */
class LogsIT {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123Z");

    @TempDir Path folder;
    private ApiServer server;
    private AdminApi api;
    private String gateway = "";
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile Optional<LogQuery> asked = Optional.empty();

    @BeforeEach
    void open() {
        server = new ApiServer(folder);
        GuestLogs logs =
                query -> {
                    asked = Optional.of(query);
                    if (query.patience().equals(Duration.ofSeconds(59))) {
                        inside.incrementAndGet();
                        gate.await();
                    }
                    LogLine line = new LogLine(41, AT, "shop", 3, "hello", "r1", "a line");
                    return new LogPage(List.of(line), 42);
                };
        PlayedParts parts = server.parts;
        Others others = PlayedParts.others(folder);
        gateway = others.self().id();
        Observed observed = PlayedParts.observed(logs);
        api =
                new AdminApi(
                        new AdminParts(
                                server.registry,
                                parts,
                                parts,
                                parts,
                                parts,
                                observed,
                                others,
                                Optional.empty()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AdminAnswer ask(String query, String token) {
        return api.answer(
                new AdminRequest(
                        "r",
                        "GET",
                        new AdminRequest.Target("/v1/apps/shop/logs", query),
                        Map.of("authorization", List.of("Bearer " + token)),
                        new AdminRequest.Body(0, InputStream.nullInputStream())));
    }

    private JsonNode get(String query) throws IOException {
        AdminAnswer answer = ask(query, server.token(Scope.deploy("shop")));
        byte[] bytes = ((AdminAnswer.Content.Whole) answer.content()).bytes();
        return ApiServer.JSON.readTree(bytes);
    }

    /** As it is once a gateway goes down: its log makes nobody wait. */
    @Test
    void whoFollowsAllGatewaysIsLetGoOnceNoMoreLinesWillCome() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        Observed silent =
                PlayedParts.observed(query -> {
                    reads.incrementAndGet();
                    return new LogPage(List.of(), query.after());
                });
        PlayedParts parts = server.parts;
        AdminApi ended =
                new AdminApi(
                        new AdminParts(
                                server.registry,
                                parts,
                                parts,
                                parts,
                                parts,
                                silent,
                                PlayedParts.others(folder),
                                Optional.empty()));
        String token = server.token(Scope.deploy("shop"));
        String next = all(ended, "", token).path("next").asText();
        all(ended, "wait=59s&after=" + next, token);
        assertThat(reads).hasValue(2);
    }

    private static JsonNode all(AdminApi api, String query, String token) throws IOException {
        AdminAnswer answer =
                api.answer(
                        new AdminRequest(
                                "r",
                                "GET",
                                new AdminRequest.Target("/v1/apps/shop/logs/all", query),
                                Map.of("authorization", List.of("Bearer " + token)),
                                new AdminRequest.Body(0, InputStream.nullInputStream())));
        assertThat(answer.status()).isEqualTo(200);
        return ApiServer.JSON.readTree(((AdminAnswer.Content.Whole) answer.content()).bytes());
    }

    @Test
    void linesAreToldWithTheirOriginAndWhereToGoOn() throws IOException {
        assertThat(get(""))
                .hasToString(
                        "{\"lines\":[{\"at\":\"2026-01-31T12:00:00.123Z\",\"app\":\"shop\","
                                + "\"revision\":3,\"function\":\"hello\",\"request_id\":\"r1\","
                                + "\"line\":\"a line\"}],\"next\":42,\"gateway\":\""
                                + gateway
                                + "\"}");
        assertThat(asked.orElseThrow())
                .isEqualTo(
                        new LogQuery(
                                "shop",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                1000,
                                Duration.ZERO));
    }

    @Test
    @Tag("limit:ApiLimits.MOST_WAITING")
    void whoFollowsLogsLeavesRoomForOthers() {
        String token = server.token(Scope.READ);
        List<CompletableFuture<AdminAnswer>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 128; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> ask("wait=59s", token), threads));
            }
            Awaitility.await().until(() -> inside.get() == 128);
            AdminAnswer refused = ask("wait=59s", token);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.fields()).containsEntry("retry-after", "1");
            assertThat(ask("", token).status()).isEqualTo(200);
            gate.countDown();
            waiting.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
        }
        assertThat(ask("wait=59s", token).status()).isEqualTo(200);
    }

    @Test
    void everyParameterNarrowsIt() throws IOException {
        get("function=hello&request_id=r1&after=7&limit=5&wait=20s&since=" + AT);
        assertThat(asked.orElseThrow())
                .isEqualTo(
                        new LogQuery(
                                "shop",
                                Optional.of("hello"),
                                Optional.of("r1"),
                                Optional.of(AT),
                                7,
                                5,
                                Duration.ofSeconds(20)));
    }
}
