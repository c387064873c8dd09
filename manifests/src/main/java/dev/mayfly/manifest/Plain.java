package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain Java values as nodes: how defaults take the same way as what is written. */
final class Plain {
    private Plain() {}

    static Node node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> table(map);
            case List<?> list -> {
                List<Node> elements = new ArrayList<>();
                list.forEach(element -> elements.add(node(element)));
                yield new Node.Array(Place.UNKNOWN, elements);
            }
            case Integer number -> new Node.Scalar(Place.UNKNOWN, (long) number);
            default -> new Node.Scalar(Place.UNKNOWN, value);
        };
    }

    private static Node.Table table(Map<?, ?> map) {
        Map<String, Node> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(key.toString(), node(value)));
        return new Node.Table(Place.UNKNOWN, entries);
    }
}
