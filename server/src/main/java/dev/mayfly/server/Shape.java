package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mayfly.manifest.Problem;
import java.util.List;

/**
 * What a JSON value of the API looks like. One shape checks what callers send, reads it, writes
 * answers and describes itself in the OpenAPI document: the four cannot differ.
 */
interface Shape {
    /** {@return its JSON Schema (2020-12)} */
    ObjectNode schema();

    /**
     * Adds everything that is wrong with a value. Texts that may be secret are not repeated.
     *
     * @param node the value
     * @param key where it is
     * @param problems where to
     */
    void check(JsonNode node, String key, List<Problem> problems);

    /**
     * {@return the Java value of one that was checked}
     *
     * @param node the value
     */
    Object read(JsonNode node);

    /**
     * {@return the JSON of a Java value}
     *
     * @param value of the shape
     */
    JsonNode write(Object value);

    /** {@return what is wrong, as the API tells it} */
    static Problem problem(String key, String message, String mend) {
        return new Problem(0, 0, key, message, mend);
    }
}
