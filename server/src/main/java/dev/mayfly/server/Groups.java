package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mayfly.manifest.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shapes of many values of one shape. */
final class Groups {
    private Groups() {}

    private static void checkSize(int size, String key, List<Problem> problems) {
        if (size > ApiLimits.MOST_ITEMS) {
            problems.add(
                    Shape.problem(
                            key,
                            size + " items (expected: at most " + ApiLimits.MOST_ITEMS + ")",
                            "send fewer at once"));
        }
    }

    /**
     * A list.
     *
     * @param item of each item
     */
    record Items(Shape item) implements Shape {
        @Override
        public ObjectNode schema() {
            ObjectNode schema = Scalars.typed("array");
            schema.set("items", item.schema());
            return schema;
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isArray()) {
                problems.add(Scalars.wrongType(key, node, "a list"));
                return;
            }
            checkSize(node.size(), key, problems);
            for (int i = 0; i < Math.min(node.size(), ApiLimits.MOST_ITEMS); i++) {
                item.check(node.get(i), key + "[" + i + "]", problems);
            }
        }

        @Override
        public Object read(JsonNode node) {
            List<Object> items = new ArrayList<>();
            node.forEach(each -> items.add(item.read(each)));
            return List.copyOf(items);
        }

        @Override
        public JsonNode write(Object value) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            ((Collection<?>) value).forEach(each -> array.add(item.write(each)));
            return array;
        }
    }

    /**
     * Values by a name.
     *
     * @param name of each name
     * @param item of each value
     */
    record Table(Scalars.Text name, Shape item) implements Shape {
        @Override
        public ObjectNode schema() {
            ObjectNode schema = Scalars.typed("object");
            schema.set("additionalProperties", item.schema());
            if (!name.pattern().isEmpty()) {
                schema.set("propertyNames", name.schema());
            }
            return schema;
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isObject()) {
                problems.add(Scalars.wrongType(key, node, "a table"));
                return;
            }
            checkSize(node.size(), key, problems);
            int place = 0;
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                place++;
                if (place <= ApiLimits.MOST_ITEMS) {
                    check(place, each.getKey(), each.getValue(), key, problems);
                }
            }
        }

        /** What is no name may be a secret in the wrong place: only where it is, is told. */
        private void check(
                int place, String given, JsonNode value, String key, List<Problem> problems) {
            List<Problem> flaws = new ArrayList<>();
            name.checkText(given, key, flaws);
            if (flaws.isEmpty()) {
                item.check(value, Sent.within(key, given), problems);
            } else {
                for (Problem flaw : flaws) {
                    problems.add(
                            Shape.problem(
                                    key,
                                    "the name of entry " + place + ": " + flaw.message(),
                                    "correct the name"));
                }
            }
        }

        @Override
        public Object read(JsonNode node) {
            Map<String, Object> values = new LinkedHashMap<>();
            node.properties()
                    .forEach(each -> values.put(each.getKey(), item.read(each.getValue())));
            return values;
        }

        @Override
        public JsonNode write(Object value) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            ((Map<?, ?>) value)
                    .forEach((key, each) -> object.set(String.valueOf(key), item.write(each)));
            return object;
        }
    }
}
