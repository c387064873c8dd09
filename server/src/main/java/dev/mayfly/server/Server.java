package dev.mayfly.server;

import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.Machine;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.registry.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that apps are deployed to: a gateway that serves what the registry says is live. The
 * facade of this module. Any number of servers may share a database, each with a folder of its own.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final ControlPlane parts;
    private boolean isClosed;

    private Server(ControlPlane parts) {
        this.parts = parts;
    }

    /**
     * Starts the database if it is the server's own, prepares what is live, and listens. Blocks
     * until requests are served. An app that cannot be prepared is reported and the others are
     * served. When somebody else's database is away, what was served last is served.
     *
     * @param settings how it runs; {@code admin_listen} is 127.0.0.1:3001 unless it is set
     * @return the server, or why there is none
     */
    public static ServerStart start(ServerSettings settings) {
        Path folder = settings.control().data();
        Machine.here()
                .shortages(settings)
                .forEach(each -> LOG.warn("{}: {}; {}", each.key(), each.message(), each.mend()));
        try {
            Optional<DataFolder> data = DataFolder.take(folder);
            return data.isPresent() ? start(settings.administered(), data.get()) : taken(folder);
        } catch (IOException e) {
            return new ServerStart.Refused(
                    "the data folder " + folder + " cannot be used: " + e,
                    "name another one with data.folder, or correct its permissions");
        }
    }

    /**
     * Looks at everything that a start needs, and starts nothing. Blocks, for seconds where a
     * database or a broker does not answer.
     *
     * @param settings how it would run
     * @return all that is in the way
     */
    public static ServerCheck check(ServerSettings settings) {
        return new StartCheck(settings.administered()).run();
    }

    private static ServerStart taken(Path folder) {
        return new ServerStart.Refused(
                "another server uses the data folder " + folder,
                "stop it, or give this one a data.folder of its own");
    }

    private static ServerStart start(ServerSettings settings, DataFolder data) throws IOException {
        try {
            ControlPlane parts =
                    ControlPlane.of(settings, data, RegistryStart.open(settings.control(), data));
            parts.begin();
            return listen(parts);
        } catch (UnavailableException | IllegalArgumentException e) {
            data.close();
            return new ServerStart.Refused(
                    String.valueOf(e.getMessage()), "see database.url, secrets.keys, data.folder");
        }
    }

    private static ServerStart listen(ControlPlane parts) throws IOException {
        return switch (parts.administer()) {
            case Binding.Bound(ServerSettings.Address admin) -> listen(parts, admin);
            case Binding.Unavailable unavailable ->
                    refused(parts, unavailable, "admin_listen takes another address");
        };
    }

    private static ServerStart listen(ControlPlane parts, ServerSettings.Address admin)
            throws IOException {
        return switch (parts.gateway().listen()) {
            case Binding.Bound(ServerSettings.Address address) -> {
                parts.join(address);
                yield new ServerStart.Running(new Server(parts), address, admin);
            }
            case Binding.Unavailable unavailable ->
                    refused(parts, unavailable, "--listen takes another address");
        };
    }

    private static ServerStart refused(
            ControlPlane parts, Binding.Unavailable unavailable, String mend) throws IOException {
        parts.close();
        return new ServerStart.Refused(
                "cannot listen on " + unavailable.address() + ": " + unavailable.reason(),
                mend + "; port 0 takes a free one");
    }

    /** From now on the first SIGTERM or SIGINT ends {@link #runUntilSignal()}. */
    public void takeSignals() {
        parts.gateway().takeSignals();
    }

    /** Blocks until the first SIGTERM or SIGINT, lets running requests end, then closes. */
    public void runUntilSignal() {
        parts.gateway().runUntilSignal(() -> {});
        close();
    }

    /** {@return the gateway it is built around, to be asked what it does} */
    public Gateway gateway() {
        return parts.gateway();
    }

    /** Closes everything at once; running requests are broken off. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            parts.close();
        } catch (IOException e) {
            LOG.error("the data folder is not let go", e);
        }
    }
}
