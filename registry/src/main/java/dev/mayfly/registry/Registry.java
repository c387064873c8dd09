package dev.mayfly.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Apps, revisions, artifacts, variables, tokens and the audit log, in PostgreSQL: the facade of
 * this module. One per process is enough; any number of processes may share a database.
 *
 * <p>Calls block, on any thread but an event loop. They throw {@link UnavailableException} when the
 * database does not answer in time, and work again as soon as it does.
 */
public final class Registry implements AutoCloseable {
    private final Optional<EmbeddedDatabase> own;
    private final Connector connector;
    private final Seals seals;
    private final Duration poll;

    private Registry(
            Optional<EmbeddedDatabase> own, Connector connector, Seals seals, Duration poll) {
        this.own = own;
        this.connector = connector;
        this.seals = seals;
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
        Registry registry = openLater(settings);
        try {
            registry.number();
            return registry;
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /**
     * As {@link #open}, but a database of somebody else's may be away: every call tries to connect
     * then, and throws as long as it cannot.
     *
     * @param settings where the database is, and how long a call waits for it
     * @return the registry; close it
     * @throws UnavailableException when the process's own database cannot be started
     */
    public static Registry openLater(RegistrySettings settings) {
        return switch (settings.database()) {
            case DatabaseSettings.Server(String url) ->
                    of(Optional.empty(), PostgresUrl.read(url), settings);
            case DatabaseSettings.Embedded embedded -> openOwn(embedded, settings);
        };
    }

    /**
     * Says what would keep {@link #open} from a database and keys of somebody else's: nothing is
     * made, changed or started. Blocks for as long as a connection may take.
     *
     * @param settings as for {@link #open}; of a database of the process's own nothing is asked
     * @return what is in the way
     */
    public static RegistryCheck check(RegistrySettings settings) {
        Optional<String> database =
                settings.database() instanceof DatabaseSettings.Server(String url)
                        ? DatabaseProbe.flaw(coordinates(PostgresUrl.read(url), settings))
                        : Optional.empty();
        return new RegistryCheck(Keyring.flaw(settings.keys()), database);
    }

    private static Coordinates coordinates(PostgresUrl url, RegistrySettings settings) {
        return new Coordinates(url, settings.connections(), settings.patience());
    }

    private static Registry openOwn(DatabaseSettings.Embedded embedded, RegistrySettings settings) {
        EmbeddedDatabase own = EmbeddedDatabase.start(embedded);
        try {
            return of(Optional.of(own), own.url(), settings);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static Registry of(
            Optional<EmbeddedDatabase> own, PostgresUrl url, RegistrySettings settings) {
        Coordinates coordinates = coordinates(url, settings);
        Keyring keys = new Keyring(settings.keys());
        return new Registry(
                own,
                new Connector(coordinates, settings, keys),
                new KeyedSeals(keys),
                settings.poll());
    }

    /** {@return the apps, their revisions, and what is live} */
    public Apps apps() {
        return connector.container().get(StoredApps.class);
    }

    /** {@return modules and files by their digest} */
    public Artifacts artifacts() {
        return connector.container().get(StoredArtifacts.class);
    }

    /** {@return variables and secrets of apps} */
    public Variables variables() {
        return connector.container().get(StoredVariables.class);
    }

    /** {@return the gateways that share the database} */
    public Gateways gateways() {
        return connector.container().get(StoredGateways.class);
    }

    /** {@return gradual rollouts} */
    public Rollouts rollouts() {
        return connector.container().get(StoredRollouts.class);
    }

    /** {@return what seals what this server keeps beside the database; needs no database} */
    public Seals seals() {
        return seals;
    }

    /** {@return what the admin API asks its callers for} */
    public Tokens tokens() {
        return connector.container().get(StoredTokens.class);
    }

    /**
     * Answers what a change would, and takes it back: nobody sees anything of it.
     *
     * @param change makes one change of {@link #apps()} or {@link #variables()}, on this thread
     * @return how it would end
     */
    public ChangeResult rehearse(Supplier<ChangeResult> change) {
        return Ledger.rehearsed(change);
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
        Container container = connector.container();
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
        Container container = connector.container();
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
        return HeldLease.take(connector.container().get(Lines.class), name);
    }

    /** {@return what was taken away, as the settings' retention says} Call it now and then. */
    public Swept sweep() {
        return connector.container().get(Sweeper.class).sweep();
    }

    /** {@return the number of the last change; throws when the database does not answer} */
    public long number() {
        return connector.container().get(Database.class).check();
    }

    /** Lets the connections go, then stops the database if it is the process's own. */
    @Override
    public void close() {
        connector.close();
        own.ifPresent(EmbeddedDatabase::close);
    }
}
