package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A short form as text, or a long form as a table. */
record Either<T>(Text<? extends T> text, Struct<? extends T> table) implements Shape<T> {
    @Override
    public @Nullable T read(Node node, KeyPath path, Findings findings) {
        return switch (node) {
            case Node.Table _ -> table.read(node, path, findings);
            case Node.Scalar(_, String _) -> text.read(node, path, findings);
            default -> refuse(node, path, findings, "write " + text.expected());
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("anyOf", List.of(text.schema(), table.schema()));
    }

    @Override
    public String noun() {
        return text.noun();
    }

    @Override
    public String expected() {
        return text.expected() + ", or " + table.expected();
    }
}
