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

    /** {@return the command, ready to execute {@code arguments}; whole if there are none} */
    static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        CommandLine mayfly = new CommandLine(new Mayfly());
        new Commands().wanted(surroundings, mayfly::addSubcommand, arguments);
        addVersion(mayfly);
        addHelp(mayfly);
        return dress(mayfly, surroundings);
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
