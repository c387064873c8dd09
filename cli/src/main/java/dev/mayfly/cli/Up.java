package dev.mayfly.cli;

import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings.Address;
import java.io.IOException;
import java.io.InterruptedIOException;

/** From an open gateway to the end of the process: load, listen, say so, wait for a signal. */
final class Up {
    private final Gateway gateway;
    private final AppReader reader;
    private final Location.Found source;
    private final Surroundings surroundings;
    private final boolean quiet;
    private final StatsWatch stats;

    Up(
            Gateway gateway,
            AppReader reader,
            Location.Found source,
            Surroundings surroundings,
            boolean quiet,
            StatsWatch stats) {
        this.gateway = gateway;
        this.reader = reader;
        this.source = source;
        this.surroundings = surroundings;
        this.quiet = quiet;
        this.stats = stats;
    }

    Exit serve() throws IOException {
        return serve(app((files, folders) -> {}), () -> {});
    }

    /**
     * As {@link #serve}, builds what changed before, and whenever sources change, and reloads the
     * app whenever its files do.
     */
    Exit serveAndWatch() throws IOException {
        try (ChangeEvents events = ChangeEvents.open()) {
            LiveApp app = app(events);
            WatchedBuilds builds = new WatchedBuilds(source, surroundings, events);
            buildFirst(builds);
            return serve(app, () -> AppWatch.start(app, builds, events, surroundings));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** What cannot be built can be served all the same, if it was built before. */
    private void buildFirst(WatchedBuilds builds) throws InterruptedException {
        try {
            builds.build();
        } catch (IOException e) {
            surroundings.err().println(Complaints.reason(e) + ": nothing is built");
        }
    }

    private LiveApp app(LiveApp.Named named) {
        return new LiveApp(gateway, reader, source, surroundings, named);
    }

    private Exit serve(LiveApp app, Runnable onceServed) throws IOException {
        if (!app.load()) {
            return Exit.INVALID;
        }
        gateway.takeSignals(); // who reads the address may send one at once
        stats.start();
        return switch (gateway.listen()) {
            case Binding.Bound(Address address) -> {
                show(address);
                onceServed.run();
                gateway.runUntilSignal(stats::end);
                yield Exit.OK;
            }
            case Binding.Unavailable(Address address, String reason) -> {
                surroundings.err().println("mayfly: cannot listen on " + address + ": " + reason);
                surroundings
                        .err()
                        .println("  --listen takes another address; port 0 takes a free one");
                yield Exit.FAILURE;
            }
        };
    }

    private void show(Address address) {
        RouteListing listing = new RouteListing(surroundings, address);
        if (!quiet) {
            listing.print(gateway.routes());
        }
        gateway.tlsAddress()
                .ifPresent(at -> surroundings.out().println("over TLS on https://" + at));
        listing.printListening();
    }
}
