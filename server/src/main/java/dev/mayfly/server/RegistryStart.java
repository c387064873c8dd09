package dev.mayfly.server;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.KeySettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.registry.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the registry, or goes on without it when there is something to serve all the same. */
final class RegistryStart {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryStart.class);

    private RegistryStart() {}

    static Registry open(ServerSettings.Control control, DataFolder data) throws IOException {
        RegistrySettings settings = settings(control, data.root());
        try {
            return Registry.open(settings);
        } catch (UnavailableException e) {
            if (settings.database() instanceof DatabaseSettings.Embedded || isEmpty(data)) {
                throw e;
            }
            LOG.warn("starting without the database: {}", e.getMessage());
            return Registry.openLater(settings);
        }
    }

    /** Whether nothing was ever served from here: then a wrong address is more likely. */
    private static boolean isEmpty(DataFolder data) throws IOException {
        try (Stream<Path> known = Files.list(data.folder("known"))) {
            return known.findAny().isEmpty();
        }
    }

    /** As {@link DataFolder} keeps what is not given. */
    static RegistrySettings settings(ServerSettings.Control control, Path data) {
        DatabaseSettings database =
                control.databaseUrl()
                        .<DatabaseSettings>map(DatabaseSettings.Server::new)
                        .orElseGet(() -> new DatabaseSettings.Embedded(data.resolve("database")));
        RegistrySettings defaults = RegistrySettings.defaults(database, data);
        return control.keys().isEmpty()
                ? defaults
                : new RegistrySettings(
                        database,
                        new KeySettings.Given(control.keys()),
                        defaults.connections(),
                        defaults.patience(),
                        defaults.poll(),
                        defaults.retention());
    }
}
