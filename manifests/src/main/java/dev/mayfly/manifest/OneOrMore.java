package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text, or a list of them. */
record OneOrMore<T>(Text<T> element) implements Shape<List<T>> {
    @Override
    public @Nullable List<T> read(Node node, KeyPath path, Findings findings) {
        return switch (node) {
            case Node.Array _ -> Series.of(element).read(node, path, findings);
            case Node.Scalar _ -> {
                T value = element.read(node, path, findings);
                yield value == null ? null : List.of(value);
            }
            case Node.Table _ -> refuse(node, path, findings, "write text in double quotes");
        };
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("anyOf", List.of(element.schema(), Series.of(element).schema()));
    }

    @Override
    public String noun() {
        return element.noun();
    }

    @Override
    public String expected() {
        return element.expected() + ", or a list of such texts";
    }
}
