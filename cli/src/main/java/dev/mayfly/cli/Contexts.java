package dev.mayfly.cli;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers somebody has logged in to, by name.
 *
 * @param current the one that is meant unless another is named
 * @param byName all of them
 */
record Contexts(Optional<String> current, NavigableMap<String, Context> byName) {
    /** What a context may be called. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    /** Nobody has logged in. */
    static final Contexts NONE = new Contexts(Optional.empty(), new TreeMap<>());

    Contexts {
        byName = Collections.unmodifiableNavigableMap(new TreeMap<>(byName));
        current = current.filter(byName::containsKey);
    }

    /** {@return these and one more, which is the current one} */
    Contexts with(String name, Context context) {
        Map<String, Context> more = new TreeMap<>(byName);
        more.put(name, context);
        return new Contexts(Optional.of(name), new TreeMap<>(more));
    }

    /** {@return these but one; if it was the current one, none is} */
    Contexts without(String name) {
        NavigableMap<String, Context> fewer = new TreeMap<>(byName);
        fewer.remove(name);
        return new Contexts(current, fewer);
    }

    /** {@return these, another one being current} */
    Contexts using(String name) {
        return new Contexts(Optional.of(name), byName);
    }

    Optional<Context> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return a context of this very server, the current one before others} */
    Optional<Context> of(ServerAddress server) {
        return current.flatMap(this::find)
                .filter(context -> context.server().equals(server))
                .or(() ->
                        byName.values().stream()
                                .filter(context -> context.server().equals(server))
                                .findFirst());
    }
}
