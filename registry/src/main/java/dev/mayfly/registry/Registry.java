package dev.mayfly.registry;

import java.time.Duration;
import java.util.List;
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
    private final Duration poll;

    private Registry(Optional<EmbeddedDatabase> own, Container container, Duration poll) {
        this.own = own;
        this.container = container;
        this.poll = poll;
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
                    new Registry(
                            Optional.empty(),
                            connect(PostgresUrl.read(url), settings),
                            settings.poll());
            case DatabaseSettings.Embedded embedded -> openOwn(embedded, settings);
        };
    }

    private static Registry openOwn(DatabaseSettings.Embedded embedded, RegistrySettings settings) {
        EmbeddedDatabase own = EmbeddedDatabase.start(embedded);
        try {
            return new Registry(Optional.of(own), connect(own.url(), settings), settings.poll());
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

    /** {@return variables and secrets of apps} */
    public Variables variables() {
        return container.get(StoredVariables.class);
    }

    /** {@return what the admin API asks its callers for} */
    public Tokens tokens() {
        return container.get(StoredTokens.class);
    }

    /**
     * Reads the audit log backwards.
     *
     * @param app only what was about it; empty for everything
     * @param before the number above the first one wanted; {@link Long#MAX_VALUE} for the newest
     * @param most lines, at most
     * @return the newest first
     */
    public List<Change> audit(String app, long before, int most) {
        ChangeRows changes = container.get(ChangeRows.class);
        return container
                .get(Database.class)
                .read(() ->
                        changes.before(before, app, most).stream().map(ChangeRow::change).toList());
    }

    /**
     * Tells every change after a number, for as long as it is not closed: within milliseconds when
     * all is well, after the settings' poll when a notification got lost, later when the database
     * is away. Nothing is left out. Close it before the registry.
     *
     * @param after the number of {@link LiveState}, or of the last change heard
     * @param watcher is told
     * @return its place
     */
    public Following follow(long after, Watcher watcher) {
        ChangeFeed.Sources sources =
                new ChangeFeed.Sources(
                        container.get(Database.class),
                        container.get(ChangeRows.class),
                        container.get(Lines.class));
        return ChangeFeed.start(sources, poll, after, watcher);
    }

    /**
     * Takes a lease, if nobody has it.
     *
     * @param name of what is to be done by one process at a time
     * @return the lease; empty when somebody has it
     */
    public Optional<Lease> lease(String name) {
        return HeldLease.take(container.get(Lines.class), name);
    }

    /** {@return what was taken away, as the settings' retention says} Call it now and then. */
    public Swept sweep() {
        return container.get(Sweeper.class).sweep();
    }

    /** {@return the number of the last change; throws when the database does not answer} */
    public long number() {
        return container.get(Database.class).check();
    }

    /** Lets the connections go, then stops the database if it is the process's own. */
    @Override
    public void close() {
        container.close();
        own.ifPresent(EmbeddedDatabase::close);
    }
}
