package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes an app.toml as people do: {@code [app]}, {@code [[trigger.http]]} and {@code
 * [function.name]} as headers, everything deeper inline.
 */
final class TomlText {
    private final StringBuilder text = new StringBuilder();

    private TomlText() {}

    static String of(Map<String, ?> root) {
        TomlText writer = new TomlText();
        root.forEach(writer::scalar);
        root.forEach((key, value) -> writer.tables(KeyPath.ROOT.key(key), value));
        return writer.text.toString();
    }

    private void scalar(String key, Object value) {
        if (!(value instanceof Map<?, ?>)) {
            line(key, value);
        }
    }

    private void line(Object key, Object value) {
        text.append(KeyPath.quoted(key.toString()))
                .append(" = ")
                .append(inline(value))
                .append('\n');
    }

    private void tables(KeyPath path, Object value) {
        if (!(value instanceof Map<?, ?> table)) {
            return;
        }
        switch (path.name()) {
            case "trigger" ->
                    table.forEach((kind, list) -> triggers(path.key(kind.toString()), list));
            case "function" ->
                    table.forEach((name, entry) -> function(path.key(name.toString()), entry));
            default -> section("[" + path.text() + "]", table);
        }
    }

    private void triggers(KeyPath path, Object list) {
        if (list instanceof List<?> triggers) {
            triggers.forEach(trigger -> section("[[" + path.text() + "]]", (Map<?, ?>) trigger));
        }
    }

    private void function(KeyPath path, Object entry) {
        section("[" + path.text() + "]", (Map<?, ?>) entry);
    }

    private void section(String header, Map<?, ?> table) {
        text.append('\n').append(header).append('\n');
        table.forEach(this::line);
    }

    /** {@return the value on one line} */
    static String inline(Object value) {
        return switch (value) {
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map -> {
                StringJoiner joined = new StringJoiner(", ", "{ ", " }");
                map.forEach((key, inner) ->
                        joined.add(KeyPath.quoted(key.toString()) + " = " + inline(inner)));
                yield joined.toString();
            }
            case List<?> list -> {
                StringJoiner joined = new StringJoiner(", ", "[", "]");
                list.forEach(element -> joined.add(inline(element)));
                yield joined.toString();
            }
            case String string -> Shown.quoted(string);
            default -> value.toString();
        };
    }
}
