package dev.mayfly.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;

/** The published schema, run by a validator that knows nothing of our parser. */
final class Schemas {
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Manifests.jsonSchema(), InputFormat.JSON);

    private Schemas() {}

    /** {@return what the schema refuses of a well-formed TOML text} */
    static List<String> refusals(String toml) {
        return refusals(Document.read(toml));
    }

    static List<String> refusals(Document document) {
        return SCHEMA.validate(json(document.root())).stream().map(Error::toString).toList();
    }

    private static JsonNode json(Node node) {
        return switch (node) {
            case Node.Table(_, Map<String, Node> entries) -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                entries.forEach((key, value) -> object.set(key, json(value)));
                yield object;
            }
            case Node.Array(_, List<Node> elements) -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                elements.forEach(element -> array.add(json(element)));
                yield array;
            }
            case Node.Scalar(_, Object value) -> scalar(value);
        };
    }

    private static JsonNode scalar(Object value) {
        return switch (value) {
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            case Double number -> JsonNodeFactory.instance.numberNode(number);
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            default -> JsonNodeFactory.instance.textNode(value.toString());
        };
    }
}
