package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.Scope;
import dev.mayfly.server.ApiServer.Reply;
import dev.mayfly.server.ApiServer.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every endpoint of the document, called by everybody there is. What is expected is listed by hand
 * in authorisation.txt: the table of endpoints cannot vouch for itself.
 */
class AuthorisationIT {
    private static final String HIDDEN = "the app shop is not here";

    @TempDir static Path folder;
    private static ApiServer server;
    private static Map<String, String> tokens;

    @BeforeAll
    static void open() {
        server = new ApiServer(folder);
        server.commit("shop", "", 100);
        tokens = new LinkedHashMap<>();
        tokens.put("admin", server.token(Scope.ADMIN));
        tokens.put("deploy:*", server.token(Scope.deploy("*")));
        tokens.put("deploy:shop", server.token(Scope.deploy("shop")));
        tokens.put("deploy:other", server.token(Scope.deploy("other")));
        tokens.put("read", server.token(Scope.READ));
        tokens.put("nobody", "");
        tokens.put("expired", server.expired());
        tokens.put("garbage", "mayfly_0123456789abcdef_nothing");
        tokens.put("revoked", revoked());
    }

    private static String revoked() {
        String text = server.token(Scope.ADMIN);
        server.registry.tokens().revoke(text.substring(7, 23), "setup");
        return text;
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** {@return what is listed: the scope by method and path} */
    private static Map<String, String> listed() {
        Map<String, String> listed = new LinkedHashMap<>();
        text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +", -1))
                .forEach(words -> listed.put(words[0] + " " + words[1], words[2]));
        return listed;
    }

    private static String text() {
        try (InputStream in = AuthorisationIT.class.getResourceAsStream("authorisation.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyEndpointOfTheDocumentIsListed() {
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : server.document().path("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        Set<String> listed =
                listed().keySet().stream()
                        .map(each -> each.replaceAll("\\?.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(listed);
    }

    @TestFactory
    Stream<DynamicTest> everybodyIsLetInWhereListedAndNowhereElse() {
        List<DynamicTest> tests = new ArrayList<>();
        listed().forEach((endpoint, scope) ->
                tokens.keySet().forEach(caller -> tests.add(test(endpoint, scope, caller))));
        assertThat(tests).hasSizeGreaterThan(250);
        return tests.stream();
    }

    private static DynamicTest test(String endpoint, String scope, String caller) {
        String expected = expected(scope, caller);
        return DynamicTest.dynamicTest(
                endpoint + " by " + caller + ": " + expected,
                () -> assertThat(verdict(endpoint, caller)).isEqualTo(expected));
    }

    private static String expected(String scope, String caller) {
        boolean valid = !Set.of("nobody", "expired", "garbage", "revoked").contains(caller);
        boolean ofShop = Set.of("admin", "deploy:*", "deploy:shop").contains(caller);
        if (scope.equals("none")) {
            return "in";
        }
        if (!valid) {
            return "401";
        }
        return switch (scope) {
            case "any" -> "in";
            case "read" -> ofShop || caller.equals("read") ? "in" : "hidden";
            case "deploy" -> ofShop ? "in" : caller.equals("read") ? "403" : "hidden";
            case "any-deploy" -> caller.equals("read") ? "403" : "in";
            case "admin" -> caller.equals("admin") ? "in" : "403";
            default -> throw new AssertionError(scope + " is no scope");
        };
    }

    /** With conditions that cannot hold and bodies that cannot be read, so that nothing changes. */
    private static String verdict(String endpoint, String caller) {
        String[] words = endpoint.split(" ", 2);
        String target =
                words[1].replace("{app}", "shop")
                        .replace("{revision}", "1")
                        .replace("{digest}", ApiServer.DIGEST)
                        .replace("{topic}", "shop-failed")
                        .replace("{partition}", "0")
                        .replace("{offset}", "0")
                        .replace("{id}", "nobody");
        Sent sent = Sent.of(words[0], target).with("if-match", "\"999999\"");
        String token = tokens.getOrDefault(caller, "");
        Reply reply = server.send(token.isEmpty() ? sent : sent.as(token));
        return switch (reply.status()) {
            case 401 -> challenged(reply, caller);
            case 403 -> needing(reply);
            case 404 -> reply.text().contains(HIDDEN) ? "hidden" : "in";
            default -> "in";
        };
    }

    private static String challenged(Reply reply, String caller) {
        assertThat(reply.field("www-authenticate")).startsWith("Bearer");
        if (!reply.text().isEmpty()) {
            assertThat(reply.text().contains("expired")).isEqualTo(caller.equals("expired"));
        }
        return "401";
    }

    private static String needing(Reply reply) {
        if (!reply.text().isEmpty()) {
            assertThat(reply.json().path("needs").asText()).isNotEmpty();
        }
        return "403";
    }
}
