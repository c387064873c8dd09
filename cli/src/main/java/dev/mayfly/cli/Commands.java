package dev.mayfly.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.HelpCommand;

/**
 * The subcommands, in the order of the help. Reading what one of them takes costs some ten
 * milliseconds, all of them together more than what most of them do: so each is made when it is
 * wanted.
 */
final class Commands {
    private final Map<String, Function<Surroundings, Object>> commands = new LinkedHashMap<>();

    Commands() {
        addOwnWork();
        addClients();
        commands.put("version", VersionCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", _ -> new HelpCommand());
    }

    /** What works in this process. */
    private void addOwnWork() {
        commands.put("new", NewCommand::new);
        commands.put("add", AddCommand::new);
        commands.put("up", UpCommand::new);
        commands.put("watch", UpCommand::watching);
        commands.put("build", BuildCommand::new);
        commands.put("test", TestCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("import", ImportCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        commands.put("server", ServerCommand::new);
        commands.put("config", ConfigCommand::new);
    }

    /** What asks a server. */
    private void addClients() {
        commands.put("login", LoginCommand::new);
        commands.put("context", ContextCommand::new);
        commands.put("deploy", DeployCommand::new);
        commands.put("apps", AppsCommand::new);
        commands.put("revisions", RevisionsCommand::new);
        commands.put("rollback", RollbackCommand::new);
        commands.put("traffic", TrafficCommand::new);
        commands.put("canary", CanaryCommand::new);
        commands.put("routes", RoutesCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("health", HealthCommand::new);
        commands.put("variables", VariablesCommand::new);
        commands.put("secrets", SecretsCommand::new);
        commands.put("tokens", TokensCommand::new);
        commands.put("logs", LogsCommand::new);
        commands.put("activations", ActivationsCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("triggers", TriggersCommand::new);
        commands.put("dlq", DlqCommand::new);
        commands.put("invoke", InvokeCommand::new);
        commands.put("delete", DeleteCommand::new);
        commands.put("export", ExportCommand::new);
    }

    /** Gives {@code taker} the one that {@code arguments} run, or all, where they may mean any. */
    void wanted(Surroundings surroundings, BiConsumer<String, Object> taker, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean knowsOthers = first.equals("help") || first.equals("completion");
        if (commands.containsKey(first) && !knowsOthers) {
            taker.accept(first, commands.get(first).apply(surroundings));
        } else {
            commands.forEach((name, made) -> taker.accept(name, made.apply(surroundings)));
        }
    }
}
