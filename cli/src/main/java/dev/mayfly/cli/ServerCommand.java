package dev.mayfly.cli;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.gateway.SettingSources;
import dev.mayfly.gateway.SettingsExplained;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.server.Server;
import dev.mayfly.server.ServerCheck;
import dev.mayfly.server.ServerStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  mayfly server --settings mayfly.toml --check      is everything there that it needs?",
            "",
            "Then, in another terminal: mayfly deploy DIR. On this machine it needs no login, since it may",
            "read the token in the data folder; elsewhere mayfly login takes that token.",
            "The database's URL holds a password: it is no option, but MAYFLY_DATABASE_URL, or database.url",
            "in the settings file. Settings come from options, MAYFLY_<SETTING>, and the settings file, in this",
            "order; mayfly config explains them all."
        })
final class ServerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerFlags flags = new ServerFlags();

    @Option(
            names = "--check",
            description = {
                "Start nothing: look at settings, certificates, folders, ports, the database and this",
                "machine, print everything that is wrong, and end with 0 if nothing is."
            })
    private boolean check;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        SettingSources sources = flags.sources(surroundings);
        if (check) {
            return check(sources.explain()).code();
        }
        return switch (sources.read()) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> {
                flags.report(surroundings, problems);
                yield Exit.USAGE.code();
            }
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> serve(settings).code();
        };
    }

    /** What could not be read is not looked at: its default would be in its place. */
    private Exit check(SettingsExplained read) {
        ServerCheck found = Server.check(read.settings());
        Set<String> unread = read.problems().stream().map(Problem::key).collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>(read.problems());
        found.problems().stream()
                .filter(each -> !unread.contains(each.key()))
                .forEach(problems::add);
        new ProblemReport(surroundings).warn(found.warnings());
        if (!problems.isEmpty()) {
            flags.report(surroundings, problems);
            return read.problems().isEmpty() ? Exit.FAILURE : Exit.USAGE;
        }
        surroundings.out().println("this server can start");
        return Exit.OK;
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
}
