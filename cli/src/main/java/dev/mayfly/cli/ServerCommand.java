package dev.mayfly.cli;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.server.Server;
import dev.mayfly.server.ServerStart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves what is deployed to it until a signal comes. */
@Command(
        name = "server",
        description = {
            "Run a server that apps are deployed to, until Ctrl-C or SIGTERM.",
            "Without configuration it keeps everything in a PostgreSQL of its own, in its data folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly server                                     functions on 3000, admin API on 3001",
            "  mayfly server --listen :80 --data /srv/mayfly",
            "  MAYFLY_DATABASE_URL=postgres://… mayfly server    one of several over one database",
            "",
            "Then, in another terminal: mayfly deploy DIR. On this machine it needs no login, since it may",
            "read the token in the data folder; elsewhere mayfly login takes that token.",
            "The database's URL holds a password: it is no option, but MAYFLY_DATABASE_URL, or database.url",
            "in the settings file. Server settings come from MAYFLY_<SETTING> too."
        })
final class ServerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "Where functions are served: 8080, :8080 or host:port; port 0 takes a free one (default: 127.0.0.1:3000).")
    private @Nullable String listen;

    @Option(
            names = "--admin-listen",
            paramLabel = "ADDRESS",
            description = "Where the admin API is served (default: 127.0.0.1:3001).")
    private @Nullable String adminListen;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The server's own files (default: $XDG_DATA_HOME/mayfly).")
    private @Nullable Path data;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Server settings, a mayfly.toml.")
    private @Nullable Path settingsFile;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text or json (default: text on a terminal, else json).")
    private @Nullable String logFormat;

    @Option(names = "--no-access-log", description = "No line per request.")
    private boolean noAccessLog;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Optional<Path> file = Optional.ofNullable(settingsFile).map(surroundings::resolve);
        return switch (ServerSettings.read(file, surroundings.serverEnvironment(), flags())) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> {
                new ProblemReport(surroundings)
                        .print(file.map(surroundings::shown).orElse("settings"), problems);
                yield Exit.USAGE.code();
            }
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> serve(settings).code();
        };
    }

    private Exit serve(ServerSettings settings) {
        return switch (Server.start(settings)) {
            case ServerStart.Refused(String reason, String mend) -> {
                surroundings.err().println("mayfly server: " + reason);
                if (!mend.isEmpty()) {
                    surroundings.err().println("  " + mend);
                }
                yield Exit.FAILURE;
            }
            case ServerStart.Running(Server server, Address address, Address admin) -> {
                try (server) {
                    server.takeSignals(); // who reads the address may send one at once
                    show(settings, server, address, admin);
                    server.runUntilSignal();
                }
                yield Exit.OK;
            }
        };
    }

    private void show(ServerSettings settings, Server server, Address address, Address admin) {
        Path token = settings.control().data().resolve("admin.token");
        RouteListing listing = new RouteListing(surroundings, address);
        listing.print(server.gateway().routes());
        String scheme = settings.transport().adminTls().isOn() ? "https://" : "http://";
        surroundings.out().println("admin API on " + scheme + admin + ", its token in " + token);
        surroundings.out().println("console on " + scheme + admin + "/console");
        server.gateway()
                .tlsAddress()
                .ifPresent(at -> surroundings.out().println("over TLS on https://" + at));
        listing.printListening();
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "listen", listen);
        put(flags, "admin_listen", adminListen);
        put(flags, "data.folder", data == null ? null : surroundings.resolve(data).toString());
        put(flags, "log_format", logFormat);
        put(flags, "access_log", noAccessLog ? "false" : null);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
