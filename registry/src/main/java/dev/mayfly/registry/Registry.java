package dev.mayfly.registry;

import java.util.Optional;

/**
 * Apps, revisions, artifacts, variables, tokens and the audit log, in PostgreSQL: the facade of
 * this module. One per process is enough; any number of processes may share a database.
 *
 * <p>Calls block, on any thread but an event loop. They throw {@link UnavailableException} when the
 * database does not answer in time, and work again as soon as it does.
 */
public final class Registry implements AutoCloseable {
    private final Optional<EmbeddedDatabase> own;
    private final Container container;

    private Registry(Optional<EmbeddedDatabase> own, Container container) {
        this.own = own;
        this.container = container;
    }

    /**
     * Starts the database if it is the process's own, connects, and migrates what an older version
     * left.
     *
     * @param settings where the database is, and how long a call waits for it
     * @return the open registry; close it
     * @throws UnavailableException when the database cannot be reached, started or used
     */
    public static Registry open(RegistrySettings settings) {
        return switch (settings.database()) {
            case DatabaseSettings.Server(String url) ->
                    new Registry(Optional.empty(), connect(PostgresUrl.read(url), settings));
            case DatabaseSettings.Embedded embedded -> openOwn(embedded, settings);
        };
    }

    private static Registry openOwn(DatabaseSettings.Embedded embedded, RegistrySettings settings) {
        EmbeddedDatabase own = EmbeddedDatabase.start(embedded);
        try {
            return new Registry(Optional.of(own), connect(own.url(), settings));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static Container connect(PostgresUrl url, RegistrySettings settings) {
        Coordinates coordinates = new Coordinates(url, settings.connections(), settings.patience());
        return Container.start(coordinates, settings);
    }

    /** {@return the apps, their revisions, and what is live} */
    public Apps apps() {
        return container.get(StoredApps.class);
    }

    /** {@return modules and files by their digest} */
    public Artifacts artifacts() {
        return container.get(StoredArtifacts.class);
    }

    /** Lets the connections go, then stops the database if it is the process's own. */
    @Override
    public void close() {
        container.close();
        own.ifPresent(EmbeddedDatabase::close);
    }
}
