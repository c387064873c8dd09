package dev.mayfly.cli;

import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings.Address;
import java.io.IOException;

/** From a loaded app to the end of the process: listen, say so, watch, wait for a signal. */
final class Up {
    private final Surroundings surroundings;
    private final boolean quiet;
    private final boolean watch;

    Up(Surroundings surroundings, boolean quiet, boolean watch) {
        this.surroundings = surroundings;
        this.quiet = quiet;
        this.watch = watch;
    }

    Exit run(Gateway gateway, LiveApp app) throws IOException {
        if (!app.load()) {
            return Exit.INVALID;
        }
        return switch (gateway.listen()) {
            case Binding.Bound(Address address) -> serve(gateway, app, address);
            case Binding.Unavailable(Address address, String reason) -> {
                surroundings
                        .err()
                        .println("mayfly up: cannot listen on " + address + ": " + reason);
                surroundings
                        .err()
                        .println("  --listen takes another address; port 0 takes a free one");
                yield Exit.FAILURE;
            }
        };
    }

    private Exit serve(Gateway gateway, LiveApp app, Address address) throws IOException {
        RouteListing listing = new RouteListing(surroundings, address);
        if (!quiet) {
            listing.print(gateway.routes());
        }
        listing.printListening();
        if (watch) {
            AppWatch watching = AppWatch.start(app);
            try (watching) {
                gateway.runUntilSignal();
            }
        } else {
            gateway.runUntilSignal();
        }
        return Exit.OK;
    }
}
