package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Checks values against the schemas of an OpenAPI document, as a reader of that document would: by
 * what is written there, not by what wrote it.
 */
record Conformity(JsonNode document) {
    /** What is wrong with {@code value}; empty when it is as described. */
    List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check(schema, value, "$", faults);
        return faults;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
        if (schema.has("$ref")) {
            check(document.at(schema.path("$ref").asText().substring(1)), value, at, faults);
            return;
        }
        if (schema.has("anyOf")) {
            any(schema.path("anyOf"), value, at, faults);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(schema, value, at, faults);
            case "array" -> array(schema, value, at, faults);
            case "string" -> text(schema, value, at, faults);
            case "integer" -> number(schema, value, at, faults);
            case "boolean" -> unless(value.isBoolean(), at + ": no boolean", faults);
            default -> faults.add(at + ": nothing describes " + value);
        }
    }

    private static void unless(boolean fine, String fault, List<String> faults) {
        if (!fine) {
            faults.add(fault);
        }
    }

    private void any(JsonNode choices, JsonNode value, String at, List<String> faults) {
        boolean fits =
                StreamSupport.stream(choices.spliterator(), false)
                        .anyMatch(choice -> faults(choice, value).isEmpty());
        unless(fits, at + ": is none of " + choices + " but " + value, faults);
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> faults) {
        unless(value.isObject(), at + ": no object", faults);
        schema.path("required")
                .forEach(
                        name -> unless(value.has(name.asText()), at + ": without " + name, faults));
        value.properties()
                .forEach(member ->
                        member(
                                schema,
                                member.getKey(),
                                member.getValue(),
                                at + "." + member.getKey(),
                                faults));
    }

    private void member(
            JsonNode schema, String name, JsonNode value, String at, List<String> faults) {
        JsonNode known = schema.path("properties").path(name);
        JsonNode others = schema.path("additionalProperties");
        if (!known.isMissingNode()) {
            check(known, value, at, faults);
        } else if (others.isObject()) {
            check(others, value, at, faults);
        } else {
            faults.add(at + ": not described");
        }
    }

    private void array(JsonNode schema, JsonNode value, String at, List<String> faults) {
        unless(value.isArray(), at + ": no array", faults);
        for (int i = 0; i < value.size(); i++) {
            check(schema.path("items"), value.get(i), at + "[" + i + "]", faults);
        }
    }

    private static void text(JsonNode schema, JsonNode value, String at, List<String> faults) {
        unless(value.isTextual(), at + ": no text", faults);
        if (schema.has("pattern")) {
            unless(
                    value.asText().matches(schema.path("pattern").asText()),
                    at + ": " + value + " is no " + schema.path("pattern"),
                    faults);
        }
    }

    private static void number(JsonNode schema, JsonNode value, String at, List<String> faults) {
        unless(value.isIntegralNumber(), at + ": no whole number", faults);
        long number = value.asLong();
        unless(
                number >= schema.path("minimum").asLong(Long.MIN_VALUE)
                        && number <= schema.path("maximum").asLong(Long.MAX_VALUE),
                at + ": " + number + " is out of range",
                faults);
    }
}
