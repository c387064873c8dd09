package dev.mayfly.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value of app.toml may look like. Each shape does two things from one declaration: it reads
 * a value, reporting everything wrong with it, and it writes itself down as JSON Schema. So the
 * parser and the published schema cannot drift apart.
 *
 * @param <T> what is read
 */
interface Shape<T> {
    /**
     * Reads a value.
     *
     * @return what was read; null only when something was added to {@code findings}
     */
    @Nullable T read(Node node, KeyPath path, Findings findings);

    /** {@return this shape as JSON Schema: maps, lists, text, numbers and booleans} */
    Map<String, Object> schema();

    /** {@return what to call it in a sentence: {@code a size}} */
    String noun();

    /** {@return what is expected, with an example: {@code a whole number and a unit, "64MiB"}} */
    String expected();

    /** Reports a value that is none of this shape. */
    default @Nullable T refuse(Node node, KeyPath path, Findings findings, String mend) {
        String message = Shown.of(node) + " is not " + noun() + " (expected: " + expected() + ")";
        findings.add(Findings.Kind.SHAPE, node.place(), path, message, mend);
        return null;
    }
}
