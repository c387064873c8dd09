package dev.mayfly.registry;

import java.time.Instant;
import java.util.Map;

/**
 * What was once committed; never changed.
 *
 * @param summary which, when, by whom
 * @param manifest the text of app.toml
 * @param artifacts by the path the manifest names
 */
public record Revision(Summary summary, String manifest, Map<String, Digest> artifacts) {
    /** Copies the map in. */
    public Revision {
        artifacts = Map.copyOf(artifacts);
    }

    /**
     * A revision's line in a list.
     *
     * @param app whose
     * @param number counts up per app, never used twice, also not after the app was deleted
     * @param at when, by the database's clock
     * @param who committed it
     * @param message why
     */
    public record Summary(String app, int number, Instant at, String who, String message) {}

    /** {@return whose} */
    public String app() {
        return summary.app();
    }

    /** {@return its number} */
    public int number() {
        return summary.number();
    }
}
