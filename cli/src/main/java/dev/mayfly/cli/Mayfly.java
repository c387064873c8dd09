package dev.mayfly.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** The root of the command tree. */
@Command(
        name = "mayfly",
        description = "Functions that live for one request.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly new rust shop      make an app of a template",
            "  mayfly up                 serve the app.toml of this folder",
            "  mayfly up hello.wasm      serve one module on every path",
            "  mayfly server             run a server that apps are deployed to",
            "  mayfly deploy             deploy the app of this folder to it",
            "  mayfly validate           list every problem of the app.toml of this folder",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid manifest or module,",
            "            4 refused by the server, 5 server unreachable."
        })
final class Mayfly {
    private static final int HELP_WIDTH = 100;

    private Mayfly() {}

    /** {@return the whole command, ready to execute arguments} */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine mayfly = new CommandLine(new Mayfly());
        addOwnWork(mayfly, surroundings);
        addClients(mayfly, surroundings);
        mayfly.addSubcommand(new VersionCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings))
                .addSubcommand(new HelpCommand());
        addVersion(mayfly);
        addHelp(mayfly);
        return dress(mayfly, surroundings);
    }

    /** What works in this process. */
    private static void addOwnWork(CommandLine mayfly, Surroundings surroundings) {
        mayfly.addSubcommand(new NewCommand(surroundings))
                .addSubcommand(new AddCommand(surroundings))
                .addSubcommand(new UpCommand(surroundings))
                .addSubcommand(UpCommand.watching(surroundings))
                .addSubcommand(new BuildCommand(surroundings))
                .addSubcommand(new TestCommand(surroundings))
                .addSubcommand(new ValidateCommand(surroundings))
                .addSubcommand(new ImportCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new InspectCommand(surroundings))
                .addSubcommand(new RehearseCommand(surroundings))
                .addSubcommand(new ServerCommand(surroundings))
                .addSubcommand(new ConfigCommand(surroundings));
    }

    /** What asks a server. */
    private static void addClients(CommandLine mayfly, Surroundings surroundings) {
        mayfly.addSubcommand(new LoginCommand(surroundings))
                .addSubcommand(new ContextCommand(surroundings))
                .addSubcommand(new DeployCommand(surroundings))
                .addSubcommand(new AppsCommand(surroundings))
                .addSubcommand(new RevisionsCommand(surroundings))
                .addSubcommand(new RollbackCommand(surroundings))
                .addSubcommand(new TrafficCommand(surroundings))
                .addSubcommand(new CanaryCommand(surroundings))
                .addSubcommand(new RoutesCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new HealthCommand(surroundings))
                .addSubcommand(new VariablesCommand(surroundings))
                .addSubcommand(new SecretsCommand(surroundings))
                .addSubcommand(new TokensCommand(surroundings))
                .addSubcommand(new LogsCommand(surroundings))
                .addSubcommand(new ActivationsCommand(surroundings))
                .addSubcommand(new ReplayCommand(surroundings))
                .addSubcommand(new TriggersCommand(surroundings))
                .addSubcommand(new DlqCommand(surroundings))
                .addSubcommand(new InvokeCommand(surroundings))
                .addSubcommand(new DeleteCommand(surroundings))
                .addSubcommand(new ExportCommand(surroundings));
    }

    private static void addVersion(CommandLine mayfly) {
        mayfly.getCommandSpec()
                .version("mayfly " + Build.version())
                .addOption(
                        OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Print the version and exit.")
                                .build());
    }

    private static void addHelp(CommandLine command) {
        if (command.getCommand() instanceof HelpCommand) {
            return;
        }
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Print this help and exit.")
                                .build());
        command.getSubcommands().values().forEach(Mayfly::addHelp);
    }

    private static CommandLine dress(CommandLine mayfly, Surroundings surroundings) {
        Complaints complaints = new Complaints(surroundings);
        return mayfly.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                surroundings.colours() ? Ansi.ON : Ansi.OFF))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(complaints::usage)
                .setExecutionExceptionHandler(complaints::failure);
    }
}
