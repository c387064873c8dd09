package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list; {@code least} elements or more, and when {@code distinct} no text twice. */
record Series<T>(Shape<T> element, int least, boolean distinct) implements Shape<List<T>> {
    static <T> Series<T> of(Shape<T> element) {
        return new Series<>(element, 0, false);
    }

    static <T> Series<T> someDistinct(Shape<T> element) {
        return new Series<>(element, 1, true);
    }

    @Override
    public @Nullable List<T> read(Node node, KeyPath path, Findings findings) {
        if (!(node instanceof Node.Array(_, List<Node> nodes))) {
            return refuse(node, path, findings, mend(node));
        }
        int before = findings.count();
        if (nodes.size() < least) {
            String message = "the list is empty (expected: " + expected() + ")";
            String mend = "add an element or leave the key out";
            findings.add(Findings.Kind.SHAPE, node.place(), path, message, mend);
        }
        List<T> values = elements(nodes, path, findings);
        return findings.count() == before ? values : null;
    }

    private List<T> elements(List<Node> nodes, KeyPath path, Findings findings) {
        List<T> values = new ArrayList<>();
        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            T value = element.read(nodes.get(i), path.element(i), findings);
            if (value != null) {
                values.add(value);
            }
            if (distinct && nodes.get(i) instanceof Node.Scalar(Place place, Object raw)) {
                if (seen.contains(raw)) {
                    String message = Shown.of(nodes.get(i)) + " is in the list twice";
                    KeyPath at = path.element(i);
                    findings.add(Findings.Kind.SHAPE, place, at, message, "keep one of the two");
                }
                seen.add(raw);
            }
        }
        return values;
    }

    private String mend(Node node) {
        return switch (node) {
            case Node.Scalar _ -> "put it in brackets, [" + Shown.of(node) + "]";
            case Node.Table _ -> "double the brackets, [[…]]";
            case Node.Array _ -> "";
        };
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", element.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        if (distinct) {
            schema.put("uniqueItems", true);
        }
        return schema;
    }

    @Override
    public String noun() {
        return "a list";
    }

    @Override
    public String expected() {
        return (least > 0 ? "at least one of: " : "a list of: ") + element.expected();
    }
}
