package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One key of app.toml: the line of the key table it stands for.
 *
 * @param presence what its absence means
 * @param description a sentence for editors
 */
record Key<T>(String name, Shape<T> shape, Presence presence, String description) {
    /** What the absence of a key means. */
    sealed interface Presence {
        /** It must be there. */
        record Required() implements Presence {}

        /** Nothing. */
        record Free() implements Presence {}

        /** The same as this value, as it would be written. */
        record Default(Object value) implements Presence {}
    }

    static <T> Key<T> required(String name, Shape<T> shape, String description) {
        return new Key<>(name, shape, new Presence.Required(), description);
    }

    static <T> Key<T> optional(String name, Shape<T> shape, String description) {
        return new Key<>(name, shape, new Presence.Free(), description);
    }

    static <T> Key<T> of(String name, Shape<T> shape, Object fallback, String description) {
        return new Key<>(name, shape, new Presence.Default(fallback), description);
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        if (presence instanceof Presence.Default(Object value)) {
            schema.put("default", value);
        }
        schema.putAll(shape.schema());
        return schema;
    }
}
