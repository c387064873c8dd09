package dev.mayfly.registry;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a registry runs on.
 *
 * @param database where the database is
 * @param keys what secrets are sealed with
 * @param connections most connections at once to the database, two more for changes and leases
 *     excluded
 * @param patience longest wait of one call for a connection, a lock or an answer; a call that needs
 *     all three may take as much three times
 * @param poll how often the change feed looks by itself, in case a notification got lost
 * @param retention what is kept
 */
public record RegistrySettings(
        DatabaseSettings database,
        KeySettings keys,
        int connections,
        Duration patience,
        Duration poll,
        Retention retention) {
    /** Refuses settings under which nothing could run. */
    public RegistrySettings {
        if (connections < 1) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: >= 1)");
        }
        if (patience.compareTo(Duration.ofMillis(250)) < 0) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: >= 250 ms)");
        }
        if (poll.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("poll: " + poll + " (expected: >= 10 ms)");
        }
    }

    /**
     * Ten connections, five seconds of patience, a look every two seconds.
     *
     * @param database where the database is
     * @param dataFolder holds the key file
     * @return the defaults of the server
     */
    public static RegistrySettings defaults(DatabaseSettings database, Path dataFolder) {
        return new RegistrySettings(
                database,
                new KeySettings.InFile(dataFolder.resolve("secrets.key")),
                10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Retention.DEFAULT);
    }
}
