package dev.mayfly.registry;

import java.util.Map;

/**
 * A revision to commit. The app is the one its manifest names.
 *
 * @param manifest the text of app.toml
 * @param artifacts by the path the manifest names, each stored whole before
 * @param message why, in the author's words
 * @param percent of the traffic it gets: 100 makes it live; less than that leaves the rest to the
 *     live revision; 0 leaves all, and claims no route
 */
public record NewRevision(
        String manifest, Map<String, Digest> artifacts, String message, int percent) {
    /** Copies the map in. */
    public NewRevision {
        artifacts = Map.copyOf(artifacts);
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 0 to 100)");
        }
    }

    /**
     * A revision that takes all traffic at once.
     *
     * @param manifest the text of app.toml
     * @param artifacts by the path the manifest names
     * @param message why
     */
    public NewRevision(String manifest, Map<String, Digest> artifacts, String message) {
        this(manifest, artifacts, message, 100);
    }
}
