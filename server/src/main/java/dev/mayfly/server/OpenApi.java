package dev.mayfly.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the table of endpoints down as an OpenAPI 3.1 document. */
final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String version;
    private final List<Endpoint> endpoints;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    OpenApi(String version, List<Endpoint> endpoints) {
        this.version = version;
        this.endpoints = endpoints;
    }

    ObjectNode document() {
        ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Mayfly admin API")
                .put("version", version)
                .put("description", "What is deployed where, and who may. See docs/admin-api.md.");
        ObjectNode paths = document.putObject("paths");
        endpoints.forEach(endpoint ->
                paths.withObjectProperty(endpoint.path().text())
                        .set(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint)));
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        ObjectNode all = components.putObject("schemas");
        schemas.forEach(all::set);
        return document;
    }

    private ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation =
                JSON.objectNode()
                        .put("operationId", endpoint.name())
                        .put("summary", endpoint.said())
                        .put("x-mayfly-access", endpoint.access().text());
        ArrayNode security = operation.putArray("security");
        if (endpoint.access() != Access.OPEN) {
            security.addObject().putArray("token");
        }
        ArrayNode parameters = operation.putArray("parameters");
        endpoint.path().names().forEach(name -> parameters.add(inPath(name)));
        endpoint.parameters().forEach(each -> parameters.add(inQuery(each)));
        headers(endpoint, parameters);
        body(endpoint.intake()).ifPresent(body -> operation.set("requestBody", body));
        operation.set("responses", responses(endpoint));
        return operation;
    }

    private static ObjectNode parameter(String name, String place, boolean required) {
        return JSON.objectNode().put("name", name).put("in", place).put("required", required);
    }

    private static ObjectNode texts(String pattern) {
        return Scalars.typed("string").put("pattern", "^(?:" + pattern + ")$");
    }

    private static ObjectNode inPath(String name) {
        ObjectNode parameter = parameter(name, "path", true);
        parameter.set("schema", texts(PathPattern.patternOf(name)));
        return parameter;
    }

    private static ObjectNode inQuery(Parameter known) {
        ObjectNode parameter =
                parameter(known.name(), "query", false).put("description", known.said());
        parameter.set("schema", texts(known.form().pattern()));
        return parameter;
    }

    private static void headers(Endpoint endpoint, ArrayNode parameters) {
        if (endpoint.changesApp()) {
            parameters.add(
                    header("If-Match", "Only if the app is at this version, as ETag told it."));
            parameters.add(
                    header(
                            "Idempotency-Key",
                            "The same request under the same key is made once, and answered"
                                    + " again."));
        }
        if (endpoint.intake() instanceof Endpoint.Intake.Raw) {
            parameters.add(header("Content-Range", "Where the piece belongs."));
        }
    }

    private static ObjectNode header(String name, String said) {
        ObjectNode parameter = parameter(name, "header", false).put("description", said);
        parameter.set("schema", Scalars.typed("string"));
        return parameter;
    }

    private Optional<ObjectNode> body(Endpoint.Intake intake) {
        return switch (intake) {
            case Endpoint.Intake.Nothing() -> Optional.empty();
            case Endpoint.Intake.Json(Class<? extends Record> type) -> {
                ObjectNode body = JSON.objectNode().put("required", true);
                content(body, "application/json", Optional.of(schema(type)));
                yield Optional.of(body);
            }
            case Endpoint.Intake.Raw() -> {
                ObjectNode body = JSON.objectNode().put("required", true);
                content(body, "application/octet-stream", Optional.empty());
                yield Optional.of(body);
            }
        };
    }

    private static void content(ObjectNode owner, String type, Optional<ObjectNode> schema) {
        ObjectNode media = owner.putObject("content").putObject(type);
        schema.ifPresent(shape -> media.set("schema", shape));
    }

    private ObjectNode responses(Endpoint endpoint) {
        ObjectNode responses = JSON.objectNode();
        endpoint.answers()
                .forEach((status, type) ->
                        responses.set(status.toString(), answer(type.map(this::schema))));
        byStatus(endpoint.allKinds())
                .forEach((status, kinds) -> responses.set(status.toString(), problem(kinds)));
        return responses;
    }

    private static ObjectNode answer(Optional<ObjectNode> schema) {
        ObjectNode answer = JSON.objectNode().put("description", "Done.");
        schema.ifPresent(shape -> content(answer, "application/json", Optional.of(shape)));
        return answer;
    }

    private static Map<Integer, List<Kind>> byStatus(Set<Kind> kinds) {
        return kinds.stream()
                .sorted()
                .collect(
                        Collectors.groupingBy(
                                Kind::status, LinkedHashMap::new, Collectors.toList()));
    }

    private ObjectNode problem(List<Kind> kinds) {
        ObjectNode answer =
                JSON.objectNode()
                        .put(
                                "description",
                                kinds.stream()
                                        .map(kind -> kind.title() + " (" + kind.type() + ").")
                                        .collect(Collectors.joining(" ")));
        ArrayNode any = JSON.arrayNode();
        kinds.forEach(kind -> any.add(problemSchema(kind)));
        ObjectNode schema = JSON.objectNode();
        schema.set("anyOf", any);
        content(answer, "application/problem+json", Optional.of(schema));
        return answer;
    }

    /** The common members, and those of the kind. */
    private ObjectNode problemSchema(Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-problem";
        schemas.put(name, problemDefinition(kind));
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode problemDefinition(Kind kind) {
        ObjectNode schema = Shapes.of(Refusal.Common.class).definition();
        kind.extra()
                .map(Shapes::of)
                .ifPresent(extra -> {
                    ObjectNode more = extra.definition();
                    schema.withObjectProperty("properties")
                            .setAll(more.withObjectProperty("properties"));
                    schema.withArrayProperty("required").addAll(more.withArrayProperty("required"));
                    extra.members().forEach(member -> learn(member.shape()));
                });
        return schema;
    }

    private ObjectNode schema(Class<? extends Record> type) {
        Struct struct = Shapes.of(type);
        learn(struct);
        return struct.schema();
    }

    /** Notes every record that a shape refers to. */
    private void learn(Shape shape) {
        switch (shape) {
            case Struct struct -> {
                if (schemas.putIfAbsent(struct.name(), struct.definition()) == null) {
                    struct.members().forEach(member -> learn(member.shape()));
                }
            }
            case Groups.Items items -> learn(items.item());
            case Groups.Table table -> learn(table.item());
            default -> {}
        }
    }
}
