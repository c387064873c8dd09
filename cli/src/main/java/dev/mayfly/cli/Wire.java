package dev.mayfly.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as it travels. */
final class Wire {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Wire() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON", e);
        }
    }

    /** {@return what {@code bytes} say; a missing node for none} */
    static JsonNode read(byte[] bytes) throws IOException {
        return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
    }

    /** {@return {@code value} as a tree} */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** {@return {@code node} as maps, lists and plain values} */
    static Object plain(JsonNode node) {
        return node.isMissingNode() ? Map.of() : MAPPER.convertValue(node, Object.class);
    }

    /** {@return the texts of a list, one after the other} */
    static String joined(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
