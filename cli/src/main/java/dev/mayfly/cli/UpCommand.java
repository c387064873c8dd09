package dev.mayfly.cli;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.LocalKafka;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a gateway in this process and serves one app on it until a signal comes. */
@Command(
        name = "up",
        description = "Serve an app, or one module by itself, until Ctrl-C or SIGTERM.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly up                              the app.toml of this folder, on 127.0.0.1:3000",
            "  mayfly up shop --watch                 another folder's; build and reload it on every save",
            "  mayfly up hello.wasm --listen :8080    one module on every path, for every address",
            "  mayfly up --kafka embedded             with a Kafka broker of its own, to try things out",
            "  mayfly up --variable api_key=secret --env LOG=debug",
            "  kill -USR1 $(pgrep -f mayfly.jar)      print what its functions hold and did",
            "",
            "A variable's value is that of --variable, else of MAYFLY_VARIABLE_<NAME> in the environment,",
            "else its default. Settings come from options, MAYFLY_<SETTING> and the settings file, in this order;",
            "mayfly config explains them all."
        })
final class UpCommand implements Callable<Integer> {
    private static final String EMBEDDED = "embedded";

    /** Stands for the broker's address until the broker has one. */
    private static final String TO_COME = "127.0.0.1:9092";

    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|app.toml|module.wasm",
            description = "What to serve (default: the app.toml of this folder).")
    private @Nullable Path path;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "8080, :8080 or host:port; port 0 takes a free one (default: 127.0.0.1:3000).")
    private @Nullable String listen;

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Set a variable the app.toml declares; repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--env",
            paramLabel = "KEY=VALUE",
            description = "Set an environment variable of every function; repeatable.")
    private Map<String, String> functionEnvironment = new LinkedHashMap<>();

    @Option(
            names = "--watch",
            description = {
                "Build functions whose sources change, and reload when app.toml, a module or a mounted folder",
                "does; no request is lost. What fails leaves the one before."
            })
    private boolean watch;

    @Option(
            names = {"-q", "--quiet"},
            description = "No routes, no access log: only problems and what functions log.")
    private boolean quiet;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text or json (default: text on a terminal, else json).")
    private @Nullable String logFormat;

    @Option(names = "--no-access-log", description = "No line per request.")
    private boolean noAccessLog;

    @Option(
            names = "--stats",
            description = {
                "Tell on standard error what functions hold and did: a line every 10 seconds in which",
                "something ran, and a table at the end. SIGUSR1 prints the table at any time, with",
                "or without this (where the system has such a signal)."
            })
    private boolean stats;

    @Mixin private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT|embedded",
            description = {
                "Serve the app's Kafka triggers from these brokers, or from one in this process, which",
                "keeps its records in the data folder. The app may use every topic."
            })
    private @Nullable String kafka;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** {@return {@code mayfly watch}: the same, and it watches whether asked to or not} */
    static CommandLine watching(Surroundings surroundings) {
        UpCommand up = new UpCommand(surroundings);
        CommandLine watch = new CommandLine(up);
        CommandSpec spec = watch.getCommandSpec().name("watch");
        spec.remove(Objects.requireNonNull(spec.findOption("--watch")));
        spec.usageMessage()
                .description(
                        "Serve an app; build and reload it on every save: mayfly up --watch.",
                        "What does not build or load is explained, and the one before serves on.")
                .footer(
                        "  mayfly watch                       the app.toml of this folder",
                        "  mayfly watch shop --listen 8080    another folder's, on another port");
        up.watch = true;
        return watch;
    }

    @Override
    public Integer call() throws IOException {
        return switch (Location.find(Optional.ofNullable(path), surroundings)) {
            case Location.Nowhere(String message) -> {
                surroundings.err().println("mayfly " + spec.name() + ": " + message);
                yield Exit.USAGE.code();
            }
            case Location.Found found -> serve(found).code();
        };
    }

    private Exit serve(Location.Found found) throws IOException {
        if (!EMBEDDED.equals(kafka)) {
            return serve(found, Optional.ofNullable(kafka));
        }
        return switch (read(Optional.of(TO_COME))) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> refuse(problems);
            case Parsed.Valid<ServerSettings>(ServerSettings read) -> withBroker(found, read);
        };
    }

    private Exit withBroker(Location.Found found, ServerSettings read) throws IOException {
        Path data = read.control().data().resolve("kafka");
        try (LocalKafka broker = LocalKafka.start(Folders.besideProgram("kafka"), data)) {
            surroundings.out().println("Kafka on " + broker.address());
            return serve(found, Optional.of(broker.address()));
        }
    }

    private Parsed<ServerSettings> read(Optional<String> brokers) {
        Map<String, String> flags = flags();
        brokers.ifPresent(some -> {
            flags.put("kafka.brokers", some);
            flags.put("kafka.topics", "*:*");
        });
        return settings.sources(surroundings, flags).read();
    }

    private Exit refuse(List<Problem> problems) {
        settings.report(surroundings, problems);
        return Exit.USAGE;
    }

    private Exit serve(Location.Found found, Optional<String> brokers) throws IOException {
        return switch (read(brokers)) {
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> refuse(problems);
            case Parsed.Valid<ServerSettings>(ServerSettings read) -> serve(found, read);
        };
    }

    private Exit serve(Location.Found found, ServerSettings read) throws IOException {
        AppReader reader = new AppReader(surroundings, variables, functionEnvironment);
        // Opened before anything is read: the event loops start while the app is loaded.
        try (Gateway gateway = Gateway.open(read);
                StatsWatch watched = new StatsWatch(gateway, surroundings, stats)) {
            Up up = new Up(gateway, reader, found, surroundings, quiet, watched);
            return watch ? up.serveAndWatch() : up.serve();
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        if (listen != null) {
            flags.put("listen", listen);
        }
        if (logFormat != null) {
            flags.put("log_format", logFormat);
        }
        if (noAccessLog || quiet) {
            flags.put("access_log", "false");
        }
        return flags;
    }
}
