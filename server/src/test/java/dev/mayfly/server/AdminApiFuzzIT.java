package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Scope;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile requests: paths, queries, bodies and headers, damaged at random. Nothing of it is an
 * error of ours, and no answer tells of our inside.
 */
class AdminApiFuzzIT {
    private static final int ROUNDS = Integer.getInteger("mayfly.fuzz.rounds", 3000);

    private static final List<String> PATHS =
            List.of(
                    "/v1/apps",
                    "/v1/apps/shop",
                    "/v1/apps/shop/deploys",
                    "/v1/apps/shop/activate",
                    "/v1/apps/shop/rollback",
                    "/v1/apps/shop/traffic",
                    "/v1/apps/shop/variables",
                    "/v1/apps/shop/secrets",
                    "/v1/apps/shop/revisions/1",
                    "/v1/apps/shop/logs",
                    "/v1/apps/shop/logs/all",
                    "/v1/artifacts/missing",
                    "/v1/artifacts/" + ApiServer.DIGEST,
                    "/v1/audit",
                    "/v1/tokens");

    private static final List<String> BODIES =
            List.of(
                    "{\"set\":{\"a\":\"x\"},\"remove\":[\"b\"]}",
                    "{\"manifest\":\"x\",\"artifacts\":{\"f\":\"sha256:00\"},\"message\":\"m\"}",
                    "{\"revision\":1,\"wait\":\"1ms\"}",
                    "{\"traffic\":{\"1\":100}}",
                    "{\"name\":\"ci\",\"scopes\":[\"read\"],\"lifetime\":\"1d\"}",
                    "{\"digests\":[\"" + ApiServer.DIGEST + "\"]}");

    private static final List<String> SCRAPS =
            List.of(
                    "\0",
                    "\"",
                    "{",
                    "}",
                    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                    "%00",
                    "%zz",
                    "%c3",
                    "..",
                    "//",
                    "?",
                    "&a=b",
                    "=",
                    "\\u0000",
                    "\\ud800",
                    "-1",
                    "99999999999999999999",
                    "1e9",
                    "null",
                    "true",
                    "é",
                    "\u00ff",
                    "' OR 1=1 --",
                    "{{x}}",
                    "%2e%2e%2f",
                    ";",
                    "\r\n");

    private static final List<String> INSIDE =
            List.of("Exception", "dev.mayfly", "java.", "postgres", "SELECT", "jackson", "\tat ");

    @TempDir static Path folder;
    private static ApiServer server;
    private static String admin;

    @BeforeAll
    static void open() {
        server = new ApiServer(folder);
        server.commit("shop", "", 100);
        admin = server.token(Scope.ADMIN);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void nothingThatIsSentIsAnErrorOfOursOrTellsOfOurInside() {
        long seed = Long.getLong("mayfly.fuzz.seed", 20261120);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String target = maybeDamaged(pick(PATHS, random), random);
            String body = maybeDamaged(pick(BODIES, random), random);
            String method = pick(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"), random);
            AdminAnswer answer = server.api.answer(request(method, target, body, random));
            String told =
                    "seed " + seed + " round " + round + ": " + method + " " + target + " " + body;
            assertThat(answer.status()).as(told).isLessThan(500);
            assertTellsNothing(answer, told);
        }
        server.commit("shop", "# still here", 100);
    }

    private static void assertTellsNothing(AdminAnswer answer, String round) {
        if (answer.content() instanceof AdminAnswer.Content.Whole(byte[] bytes)
                && answer.status() >= 400) {
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(round)
                    .doesNotContain(INSIDE)
                    .doesNotContain(admin);
        }
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String maybeDamaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int times = random.nextInt(3); times > 0; times--) {
            int at = 1 + random.nextInt(Math.max(1, damaged.length() - 1));
            switch (random.nextInt(4)) {
                case 0 -> damaged.insert(Math.min(at, damaged.length()), pick(SCRAPS, random));
                case 1 -> damaged.setLength(Math.max(1, at));
                case 2 -> damaged.setCharAt(Math.min(at, damaged.length() - 1), letter(random));
                default -> damaged.append(pick(SCRAPS, random));
            }
        }
        return damaged.toString();
    }

    private static char letter(Random random) {
        return (char) random.nextInt(256);
    }

    private static AdminRequest request(String method, String target, String body, Random random) {
        int query = target.indexOf('?');
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new AdminRequest(
                "fuzz",
                method,
                query < 0
                        ? new AdminRequest.Target(target, "")
                        : new AdminRequest.Target(
                                target.substring(0, query), target.substring(query + 1)),
                fields(random),
                new AdminRequest.Body(bytes.length, new ByteArrayInputStream(bytes)));
    }

    private static Map<String, List<String>> fields(Random random) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("content-type", List.of("application/json"));
        boolean broken = random.nextInt(5) == 0;
        String token = "Bearer " + admin;
        fields.put("authorization", List.of(broken ? maybeDamaged(token, random) : token));
        // Never true, so that the app and its revisions stay.
        fields.put("if-match", List.of(random.nextInt(4) == 0 ? scrap(random) : "\"999999\""));
        if (random.nextInt(4) == 0) {
            fields.put("idempotency-key", List.of(scrap(random)));
        }
        if (random.nextInt(4) == 0) {
            fields.put("content-range", List.of("bytes 0-" + scrap(random) + "/9"));
        }
        return fields;
    }

    private static String scrap(Random random) {
        return pick(SCRAPS, random);
    }
}
