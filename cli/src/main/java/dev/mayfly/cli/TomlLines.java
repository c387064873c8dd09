package dev.mayfly.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Takes TOML apart into maps and lists, and writes those as TOML. */
final class TomlLines {
    private static final String BARE_KEY = "[A-Za-z0-9_-]+";

    private final StringBuilder text = new StringBuilder();

    /** {@return {@code value}, tables as maps that may be changed, in the file's order} */
    static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> {
                Map<String, Object> map = new LinkedHashMap<>();
                table.entrySet().forEach(each -> map.put(each.getKey(), plain(each.getValue())));
                yield map;
            }
            case TomlArray array -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    list.add(plain(array.get(i)));
                }
                yield list;
            }
            default -> value;
        };
    }

    /** Adds a header, as in {@code [function.hello]}, after an empty line. */
    TomlLines header(String header) {
        text.append('\n').append(header).append('\n');
        return this;
    }

    /** Adds a line. */
    TomlLines line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Adds a line for each key. */
    TomlLines keys(Map<?, ?> table) {
        table.forEach((key, value) -> line(member(key, value)));
        return this;
    }

    String text() {
        return text.toString();
    }

    /** {@return {@code word} as a part of a dotted key} */
    static String key(Object word) {
        return word.toString().matches(BARE_KEY) ? word.toString() : quoted(word.toString());
    }

    private static String member(Object key, Object value) {
        return key(key) + " = " + value(value);
    }

    private static String value(Object value) {
        return switch (value) {
            case String string -> quoted(string);
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(each -> member(each.getKey(), each.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> list ->
                    list.stream().map(TomlLines::value).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static String quoted(String string) {
        return "\"" + Objects.requireNonNull(Toml.tomlEscape(string)) + "\"";
    }
}
