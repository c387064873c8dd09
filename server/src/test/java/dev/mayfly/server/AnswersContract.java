package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Scope;
import dev.mayfly.server.ApiServer.Reply;
import dev.mayfly.server.ApiServer.Sent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Real answers, held to the OpenAPI document that whoever answers gives out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AnswersContract {
    /** Of every endpoint: ApiWithoutDatabaseIT's, and bodies over 8 MiB the listener's. */
    private static final Set<String> TRIED_ELSEWHERE = Set.of("503", "413");

    /** By ActivationsApiIT, since a request must have come before. */
    private static final Set<String> NEED_A_REQUEST =
            Set.of(
                    "GET /v1/activations/{activation} 200",
                    "POST /v1/activations/{activation}/replay 200",
                    "POST /v1/activations/{activation}/replay 409");

    private JsonNode document;
    private List<Example> examples;

    private ApiPeer peer;

    /** Starts who is to be asked. */
    abstract ApiPeer open() throws Exception;

    @BeforeAll
    void prepare() throws Exception {
        peer = open();
        Registry registry = peer.registry();
        String admin = ApiServer.token(registry, Scope.ADMIN);
        ExampleApps.deploy(peer, admin);
        document = send(Sent.of("GET", "/v1/openapi.json")).json();
        examples =
                new Examples(
                                admin,
                                ApiServer.token(registry, Scope.READ),
                                ApiServer.token(registry, Scope.deploy("other")),
                                ApiServer.spare(registry))
                        .all();
    }

    private Reply send(Sent sent) {
        return ApiServer.send(peer.port(), sent);
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsAnsweredAsTheDocumentSays() {
        return examples.stream()
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> assertAnswered(each)));
    }

    private void assertAnswered(Example example) {
        Reply reply = send(example.sent());
        assertThat(reply.status()).as(reply.text()).isEqualTo(example.status());
        assertThat(reply.field("x-request-id")).isNotEmpty();
        assertThat(reply.field("cache-control")).isEqualTo("no-store");
        JsonNode response = operation(example).path("responses").path("" + example.status());
        for (Map.Entry<String, JsonNode> media : response.path("content").properties()) {
            assertConforms(media.getKey(), media.getValue().path("schema"), example, reply);
        }
    }

    private void assertConforms(String type, JsonNode schema, Example example, Reply reply) {
        if (example.operation().startsWith("HEAD")) {
            assertThat(reply.bytes()).isEmpty();
            return;
        }
        assertThat(reply.field("content-type")).isEqualTo(type);
        assertThat(new Conformity(document).faults(schema, reply.json()))
                .as(reply.text())
                .isEmpty();
    }

    private JsonNode operation(Example example) {
        String[] words = example.operation().split(" ", 2);
        JsonNode operation =
                document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
        assertThat(operation.isMissingNode()).as(example.operation()).isFalse();
        return operation;
    }

    @Test
    void everyStatusOfTheDocumentHasAnExampleAndEveryExampleItsStatus() {
        Set<String> tried =
                examples.stream()
                        .map(each -> each.operation() + " " + each.status())
                        .filter(each -> !TRIED_ELSEWHERE.contains(lastWord(each)))
                        .collect(Collectors.toCollection(TreeSet::new));
        tried.addAll(NEED_A_REQUEST);
        assertThat(tried).isEqualTo(documented());
    }

    private Set<String> documented() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(each ->
                                        statuses(
                                                each.getKey().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey(),
                                                each.getValue(),
                                                documented)));
        return documented;
    }

    private static void statuses(String operation, JsonNode described, Set<String> into) {
        described
                .path("responses")
                .fieldNames()
                .forEachRemaining(status -> {
                    if (!TRIED_ELSEWHERE.contains(status)) {
                        into.add(operation + " " + status);
                    }
                });
    }

    private static String lastWord(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhere() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        document.findValuesAsText("$ref")
                .forEach(reference ->
                        assertThat(document.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
        Set<String> names = new TreeSet<>(document.findValuesAsText("operationId"));
        assertThat(names).hasSameSizeAs(document.findValuesAsText("operationId"));
    }
}
