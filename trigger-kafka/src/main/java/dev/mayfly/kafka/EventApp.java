package dev.mayfly.kafka;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.pool.GuestFunction;
import java.util.Map;

/**
 * A revision of an app whose functions run on records.
 *
 * @param app the app's name
 * @param revision its number, 0 under {@code mayfly up}
 * @param manifest variables resolved
 * @param functions by name, loaded; whoever hands them in closes them, after the next {@link
 *     KafkaEvents#serve}
 */
public record EventApp(
        String app, long revision, Manifest manifest, Map<String, GuestFunction> functions) {
    /** Copies the map in. */
    public EventApp {
        functions = Map.copyOf(functions);
    }
}
