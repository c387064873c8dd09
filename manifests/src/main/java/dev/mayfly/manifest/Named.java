package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table whose keys are names of the user's own. */
record Named<T>(Text<String> name, Shape<T> element) implements Shape<Map<String, T>> {
    @Override
    public @Nullable Map<String, T> read(Node node, KeyPath path, Findings findings) {
        if (!(node instanceof Node.Table(_, Map<String, Node> entries))) {
            return refuse(node, path, findings, "write it as a table");
        }
        int before = findings.count();
        Map<String, T> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            KeyPath at = path.key(key);
            name.read(new Node.Scalar(entry.place(), key), at, findings);
            T value = element.read(entry, at, findings);
            if (value != null) {
                values.put(key, value);
            }
        });
        return findings.count() == before ? values : null;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("propertyNames", name.schema());
        schema.put("additionalProperties", element.schema());
        return schema;
    }

    @Override
    public String noun() {
        return "a table";
    }

    @Override
    public String expected() {
        return "a table; its keys: " + name.expected();
    }
}
