package dev.mayfly.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, numbers, booleans and text as JSON, indented by two. */
final class Json {
    private Json() {}

    static String text(@Nullable Object value) {
        return text(value, "");
    }

    private static String text(@Nullable Object value, String indent) {
        return switch (value) {
            case Map<?, ?> map ->
                    block(
                            '{',
                            map.entrySet().stream().map(e -> member(e, indent)).toList(),
                            '}',
                            indent);
            case List<?> list ->
                    block(
                            '[',
                            list.stream().map(item -> text(item, indent + "  ")).toList(),
                            ']',
                            indent);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case null -> "null";
            default -> quoted(value.toString());
        };
    }

    private static String member(Map.Entry<?, ?> entry, String indent) {
        return quoted(entry.getKey().toString()) + ": " + text(entry.getValue(), indent + "  ");
    }

    private static String block(char open, List<String> parts, char close, String indent) {
        if (parts.isEmpty()) {
            return "" + open + close;
        }
        String inner = indent + "  ";
        return parts.stream()
                .map(part -> inner + part)
                .collect(Collectors.joining(",\n", open + "\n", "\n" + indent + close));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(unit -> append(json, (char) unit));
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char unit) {
        switch (unit) {
            case '"', '\\' -> json.append('\\').append(unit);
            case '\n' -> json.append("\\n");
            case '\t' -> json.append("\\t");
            default -> {
                if (unit < ' ' || unit == 0x7f || Character.isSurrogate(unit)) {
                    json.append(String.format("\\u%04x", (int) unit));
                } else {
                    json.append(unit);
                }
            }
        }
    }
}
