package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TOML document as values with places; what stands here is free of the TOML library. */
sealed interface Node {
    Place place();

    /** A table, its keys in file order. */
    record Table(Place place, Map<String, Node> entries) implements Node {
        static final Table EMPTY = new Table(Place.UNKNOWN, Map.of());

        public Table {
            entries = Ordered.copy(entries);
        }

        Optional<Node> find(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** The text at {@code key}; empty when there is none or it is no text. */
        Optional<String> text(String key) {
            return entries.get(key) instanceof Scalar(_, String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }

        /** The table at {@code key}; an empty one when there is none or it is no table. */
        Table table(String key) {
            return entries.get(key) instanceof Table table ? table : EMPTY;
        }

        /** The elements at {@code key}; none when there is no list. */
        List<Node> list(String key) {
            return entries.get(key) instanceof Array array ? array.elements() : List.of();
        }

        /** The texts of the list at {@code key}, other elements left out. */
        List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            for (Node node : list(key)) {
                if (node instanceof Scalar(_, String text)) {
                    texts.add(text);
                }
            }
            return texts;
        }
    }

    /** A list. */
    record Array(Place place, List<Node> elements) implements Node {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /** Text, {@code Long}, {@code Double}, {@code Boolean} or one of java.time's. */
    record Scalar(Place place, Object value) implements Node {}

    /** {@return where every key below {@code root} is written} */
    static Places places(Table root) {
        Map<String, Place> byKey = new HashMap<>();
        collect(root, KeyPath.ROOT, byKey);
        return new Places(byKey);
    }

    private static void collect(Node node, KeyPath path, Map<String, Place> byKey) {
        byKey.put(path.text(), node.place());
        switch (node) {
            case Table(_, Map<String, Node> entries) ->
                    entries.forEach((key, value) -> collect(value, path.key(key), byKey));
            case Array(_, List<Node> elements) -> {
                for (int i = 0; i < elements.size(); i++) {
                    collect(elements.get(i), path.element(i), byKey);
                }
            }
            case Scalar _ -> {}
        }
    }
}
