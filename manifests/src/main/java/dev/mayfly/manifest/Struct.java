package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of known keys.
 *
 * @param example how one is written
 * @param make makes the value; called only when nothing is wrong with the table
 */
record Struct<T>(
        String noun, String example, List<Key<?>> keys, List<Rule> rules, Function<Section, T> make)
        implements Shape<T> {
    /** A rule about which keys go together; a JSON Schema can say it. */
    sealed interface Rule {
        /** One of them, and only one. */
        record ExactlyOne(List<String> keys) implements Rule {}

        /** One of them, or none. */
        record AtMostOne(List<String> keys) implements Rule {}

        /** Not both. */
        record NotBoth(String one, String other, String mend) implements Rule {}
    }

    Struct {
        keys = List.copyOf(keys);
        rules = List.copyOf(rules);
    }

    @Override
    public @Nullable T read(Node node, KeyPath path, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            String message = "this is not " + noun + " (expected: " + expected() + ")";
            findings.add(Findings.Kind.SHAPE, node.place(), path, message, "write " + example);
            return null;
        }
        int before = findings.count();
        Section section = new Section(path.name());
        keys.forEach(key -> readKey(key, table, section, path, findings));
        refuseUnknown(table, path, findings);
        rules.forEach(rule -> check(rule, table, path, findings));
        return findings.count() == before ? make.apply(section) : null;
    }

    private static <V> void readKey(
            Key<V> key, Node.Table table, Section section, KeyPath path, Findings findings) {
        Node written = table.entries().get(key.name());
        if (written == null) {
            absent(key, table, section, path, findings);
            return;
        }
        V value = key.shape().read(written, path.key(key.name()), findings);
        if (value != null) {
            section.put(key, value);
        }
    }

    private static <V> void absent(
            Key<V> key, Node.Table table, Section section, KeyPath path, Findings findings) {
        switch (key.presence()) {
            case Key.Presence.Free() -> {}
            case Key.Presence.Default(Object value) -> {
                KeyPath at = path.key(key.name());
                V fallback = key.shape().read(Plain.node(value), at, findings);
                if (fallback != null) {
                    section.put(key, fallback);
                }
            }
            case Key.Presence.Required() ->
                    findings.add(
                            Findings.Kind.MISSING,
                            table.place(),
                            path.key(key.name()),
                            "is missing (expected: " + key.shape().expected() + ")",
                            "add it");
        }
    }

    private void refuseUnknown(Node.Table table, KeyPath path, Findings findings) {
        table.entries()
                .forEach((name, value) -> {
                    if (keys.stream().noneMatch(key -> key.name().equals(name))) {
                        Place place = value.place();
                        KeyPath at = path.key(name);
                        String message = "is not a key of " + noun;
                        findings.add(Findings.Kind.SHAPE, place, at, message, unknown(name));
                    }
                });
    }

    private String unknown(String name) {
        List<String> names = keys.stream().<String>map(Key::name).toList();
        return Nearest.to(name, names)
                .map(near -> "did you mean " + near + "?")
                .or(() -> deeper(name).map(near -> "did you mean " + near + "?"))
                .orElse("remove it; the keys here are " + Shown.list(names));
    }

    /** A key that stands one table too high. */
    private Optional<String> deeper(String name) {
        for (Key<?> key : keys) {
            if (key.shape() instanceof Struct<?> inner
                    && inner.keys().stream().anyMatch(deep -> deep.name().equals(name))) {
                return Optional.of(key.name() + "." + name);
            }
        }
        return Optional.empty();
    }

    private void check(Rule rule, Node.Table table, KeyPath path, Findings findings) {
        switch (rule) {
            case Rule.ExactlyOne(List<String> names) -> {
                List<String> there = names.stream().filter(table.entries()::containsKey).toList();
                if (there.size() != 1) {
                    String which = there.isEmpty() ? "none" : Shown.list(there);
                    String message =
                            "has " + which + " (expected: one of " + Shown.list(names) + ")";
                    String mend = there.isEmpty() ? "add one of them" : "keep one of them";
                    Findings.Kind kind =
                            there.isEmpty() ? Findings.Kind.MISSING : Findings.Kind.SHAPE;
                    findings.add(kind, table.place(), path, message, mend);
                }
            }
            case Rule.AtMostOne(List<String> names) -> refuseMore(names, table, path, findings);
            case Rule.NotBoth(String one, String other, String mend) -> {
                Node first = table.entries().get(one);
                if (first != null && table.entries().containsKey(other)) {
                    String message = "stands beside " + other + " (expected: one of the two)";
                    findings.add(Findings.Kind.SHAPE, first.place(), path.key(one), message, mend);
                }
            }
        }
    }

    private static void refuseMore(
            List<String> names, Node.Table table, KeyPath path, Findings findings) {
        List<String> there = names.stream().filter(table.entries()::containsKey).toList();
        for (String more : there.subList(Math.min(1, there.size()), there.size())) {
            Place place = table.entries().getOrDefault(more, table).place();
            String first = there.getFirst();
            String message =
                    "stands beside "
                            + first
                            + " (expected: at most one of "
                            + Shown.list(names)
                            + ")";
            findings.add(Findings.Kind.SHAPE, place, path.key(more), message, "keep one of them");
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Key<?> key : keys) {
            properties.put(key.name(), key.schema());
            if (key.presence() instanceof Key.Presence.Required) {
                required.add(key.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        rules.forEach(rule -> write(rule, schema));
        return schema;
    }

    private static void write(Rule rule, Map<String, Object> schema) {
        switch (rule) {
            case Rule.ExactlyOne(List<String> names) -> schema.put("oneOf", needing(names));
            case Rule.AtMostOne(List<String> names) -> {
                // A table with none of them, or with one.
                List<Object> choices = new ArrayList<>();
                choices.add(Map.of("not", Map.of("anyOf", needing(names))));
                choices.addAll(needing(names));
                List<Object> all = new ArrayList<>();
                if (schema.get("allOf") instanceof List<?> before) {
                    all.addAll(before);
                }
                all.add(Map.of("oneOf", choices));
                schema.put("allOf", all);
            }
            case Rule.NotBoth(String one, String other, _) ->
                    schema.put("not", Map.of("required", List.of(one, other)));
        }
    }

    private static List<Map<String, List<String>>> needing(List<String> names) {
        return names.stream().map(name -> Map.of("required", List.of(name))).toList();
    }

    @Override
    public String expected() {
        return "a table, " + example;
    }
}
