package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any value that JSON has too; read as JSON text. */
record JsonValue() implements Shape<String> {
    @Override
    public @Nullable String read(Node node, KeyPath path, Findings findings) {
        int before = findings.count();
        StringBuilder json = new StringBuilder();
        write(node, path, findings, json);
        return findings.count() == before ? json.toString() : null;
    }

    private void write(Node node, KeyPath path, Findings findings, StringBuilder json) {
        switch (node) {
            case Node.Table(_, Map<String, Node> entries) -> {
                String separator = "";
                json.append('{');
                for (Map.Entry<String, Node> entry : entries.entrySet()) {
                    json.append(separator).append(Shown.quoted(entry.getKey())).append(':');
                    write(entry.getValue(), path.key(entry.getKey()), findings, json);
                    separator = ",";
                }
                json.append('}');
            }
            case Node.Array(_, List<Node> elements) -> {
                json.append('[');
                for (int i = 0; i < elements.size(); i++) {
                    json.append(i == 0 ? "" : ",");
                    write(elements.get(i), path.element(i), findings, json);
                }
                json.append(']');
            }
            case Node.Scalar scalar -> write(scalar, path, findings, json);
        }
    }

    private void write(Node.Scalar scalar, KeyPath path, Findings findings, StringBuilder json) {
        switch (scalar.value()) {
            case String text -> json.append(Shown.quoted(text));
            case Long number -> json.append(number);
            case Boolean flag -> json.append(flag);
            case Double number when Double.isFinite(number) -> json.append(number);
            case Double _ ->
                    refuse(scalar, path, findings, "JSON has no such number: write another one");
            default -> refuse(scalar, path, findings, "JSON has no dates: write it as text");
        }
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of();
    }

    @Override
    public String noun() {
        return "a JSON value";
    }

    @Override
    public String expected() {
        return "a value as in { name = \"x\", list = [1, 2] }";
    }
}
