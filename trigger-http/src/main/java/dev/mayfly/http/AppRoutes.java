package dev.mayfly.http;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.pool.GuestFunction;
import java.nio.file.Path;
import java.util.Map;

/**
 * One revision of an app, ready to be routed to.
 *
 * @param manifest variables resolved
 * @param revision 0 under {@code mayfly up}
 * @param folder what static files are under
 * @param functions by name, loaded; a route to a function that is missing here answers 503
 */
public record AppRoutes(
        Manifest manifest, long revision, Path folder, Map<String, GuestFunction> functions) {
    /** Copies the map in. */
    public AppRoutes {
        functions = Map.copyOf(functions);
    }
}
