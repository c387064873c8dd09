package dev.mayfly.server;

import dev.mayfly.registry.LiveApp;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the registry says of an app, at one moment: all that a gateway needs to serve it.
 *
 * @param live its revisions with traffic
 * @param values of its variables, secrets opened: shown nowhere
 */
record AppNow(LiveApp live, Map<String, String> values) {
    AppNow {
        values = Map.copyOf(values);
    }

    String name() {
        return live.state().name();
    }

    /** Grows with every change of the app. */
    long version() {
        return live.state().version();
    }

    SortedMap<Integer, Integer> traffic() {
        return new TreeMap<>(live.state().traffic());
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "AppNow[" + live.state() + "]";
    }
}
