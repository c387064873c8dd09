package dev.mayfly.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The values of one table, read and with defaults filled in. */
final class Section {
    private final String name;
    private final Map<Key<?>, Object> values = new HashMap<>();

    Section(String name) {
        this.name = name;
    }

    /** {@return the table's own key: the name in {@code [function.name]}} */
    String name() {
        return name;
    }

    void put(Key<?> key, Object value) {
        values.put(key, value);
    }

    /** {@return the value of a key that is required or has a default} */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new NoSuchElementException(key.name()));
    }

    // A value is only ever put under the key whose shape read it.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }
}
