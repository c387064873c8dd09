package dev.mayfly.server;

import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.RouteRow;
import dev.mayfly.registry.Revision;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A revision that this gateway could serve at once.
 *
 * @param app in the gateway
 * @param revision what it is made from
 * @param declared names of its variables
 * @param given values it was resolved with
 * @param folder of its files
 * @param warnings for the owner
 */
record LoadedRevision(
        PreparedApp app,
        Revision revision,
        Set<String> declared,
        Map<String, String> given,
        Path folder,
        List<String> warnings) {
    /** Whether loading it anew, with these values, would give the same. */
    boolean fits(Revision wanted, Map<String, String> values) {
        return !app.closed()
                && revision.number() == wanted.number()
                && revision.manifest().equals(wanted.manifest())
                && revision.artifacts().equals(wanted.artifacts())
                && given.equals(only(declared, values));
    }

    /** {@return those of the values that are declared} */
    static Map<String, String> only(Set<String> declared, Map<String, String> values) {
        Map<String, String> given = new HashMap<>(values);
        given.keySet().retainAll(declared);
        return Map.copyOf(given);
    }

    List<RouteRow> routes() {
        return app.routes();
    }

    void close() {
        app.close();
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "LoadedRevision[" + revision.app() + " " + revision.number() + "]";
    }
}
