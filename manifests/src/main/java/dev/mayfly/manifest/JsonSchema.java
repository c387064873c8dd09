package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the key table down as a JSON Schema. */
final class JsonSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private JsonSchema() {}

    static String text() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "app.toml");
        schema.put("description", "One Mayfly app: its functions and what triggers them.");
        schema.putAll(AppTable.ROOT.schema());
        StringBuilder text = new StringBuilder();
        write(schema, "\n", text);
        return text.append('\n').toString();
    }

    private static void write(Object value, String newLine, StringBuilder text) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> text.append("{}");
            case List<?> list when list.isEmpty() -> text.append("[]");
            case Map<?, ?> map -> writeMap(map, newLine, text);
            case List<?> list -> writeList(list, newLine, text);
            case String string -> text.append(Shown.quoted(string));
            default -> text.append(value);
        }
    }

    private static void writeMap(Map<?, ?> map, String newLine, StringBuilder text) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator).append(newLine).append("  ");
            text.append(Shown.quoted(entry.getKey().toString())).append(": ");
            write(entry.getValue(), newLine + "  ", text);
            separator = ",";
        }
        text.append(newLine).append('}');
    }

    private static void writeList(List<?> list, String newLine, StringBuilder text) {
        String separator = "[";
        for (Object element : list) {
            text.append(separator).append(newLine).append("  ");
            write(element, newLine + "  ", text);
            separator = ",";
        }
        text.append(newLine).append(']');
    }
}
