package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text that may hold <code>{{ name }}</code>. With variables in it only the braces can be checked;
 * the format is checked once they are put in.
 */
record Templated(Text<String> plain) implements Shape<String> {
    @Override
    public @Nullable String read(Node node, KeyPath path, Findings findings) {
        if (node instanceof Node.Scalar(_, String text) && Template.isIn(text)) {
            return braces(text, node, path, findings);
        }
        return plain.read(node, path, findings);
    }

    static @Nullable String braces(String text, Node node, KeyPath path, Findings findings) {
        if (Template.read(text) instanceof Reading.Bad<Template>(String why, String mend)) {
            String message = Shown.of(text) + " is not a text with variables (" + why + ")";
            findings.add(Findings.Kind.BEYOND_SCHEMA, node.place(), path, message, mend);
            return null;
        }
        return text;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> braces = Ordered.of("type", "string", "pattern", "\\{\\{");
        return Map.of("anyOf", List.of(plain.schema(), braces));
    }

    @Override
    public String noun() {
        return plain.noun();
    }

    @Override
    public String expected() {
        return plain.expected();
    }
}
