package dev.mayfly.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any text, with or without <code>{{ name }}</code>, that can become an environment value. */
record Substituted() implements Shape<String> {
    static final Text<String> VALUE =
            Text.any("an environment value", "text without NUL").as(Substituted::withoutNul);

    /** No pattern: values may be long, and patterns on long texts recurse deeply. */
    private static Reading<String> withoutNul(String text) {
        return text.indexOf('\0') < 0
                ? new Reading.Good<>(text)
                : new Reading.Bad<>("it has a NUL", "remove it");
    }

    @Override
    public @Nullable String read(Node node, KeyPath path, Findings findings) {
        String text = VALUE.read(node, path, findings);
        return text != null && Template.isIn(text)
                ? Templated.braces(text, node, path, findings)
                : text;
    }

    @Override
    public Map<String, Object> schema() {
        return VALUE.schema();
    }

    @Override
    public String noun() {
        return VALUE.noun();
    }

    @Override
    public String expected() {
        return VALUE.expected();
    }
}
