package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class HelpTest {
    private static final PrintWriter NOWHERE = new PrintWriter(PrintWriter.nullWriter());
    private static final Surroundings SILENT =
            new Surroundings(NOWHERE, NOWHERE, Map.of(), Path.of("/"), false, false, Piped.NOTHING);

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsWhatItDoesAndNamesEveryOption(String command) {
        Typed help = Typed.in(folder, command, "--help");

        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: mayfly " + command).contains("Examples:");
        CommandSpec spec =
                Objects.requireNonNull(mayfly().getSubcommands().get(command)).getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        for (OptionSpec option : spec.options()) {
            assertThat(help.out()).contains(option.longestName());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFirstLineOfADescriptionIsAShortSentenceForTheList(String command) {
        CommandSpec spec =
                Objects.requireNonNull(mayfly().getSubcommands().get(command)).getCommandSpec();
        String first = spec.usageMessage().description()[0];

        assertThat(first).endsWith(".").hasSizeLessThanOrEqualTo(80);
        assertThat(Typed.in(folder, "--help").out().replaceAll("\\s+", " ")).contains(first);
    }

    @Test
    void theRootListsEveryCommandButTheLaunchersOwn() {
        Typed help = Typed.in(folder, "--help");

        assertThat(help.exit()).isZero();
        commands().forEach(command -> assertThat(help.out()).contains("  " + command + " "));
        assertThat(help.out()).doesNotContain("rehearse");
    }

    @Test
    void withoutACommandTheHelpIsAnError() {
        Typed nothing = Typed.in(folder);

        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("Usage: mayfly");
        assertThat(nothing.out()).isEmpty();
    }

    @Test
    void anOptionThatIsNearlyRightIsSuggested() {
        Typed typo = Typed.in(folder, "up", "--lisen", "8080");

        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("Unknown option: '--lisen'", "--listen");
    }

    @Test
    void aCommandThatIsNearlyRightIsSuggested() {
        Typed typo = Typed.in(folder, "vaildate");

        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("vaildate", "mayfly validate");
    }

    @Test
    void anOptionWithoutItsValuePointsToTheHelp() {
        Typed half = Typed.in(folder, "up", "--listen");

        assertThat(half.exit()).isEqualTo(2);
        assertThat(half.err()).contains("--listen").contains("mayfly up --help");
    }

    @Test
    void aVariableWithoutAValueIsWrongUsage() {
        Typed half = Typed.in(folder, "up", "--variable", "greeting");

        assertThat(half.exit()).isEqualTo(2);
        assertThat(half.err()).contains("--variable", "KEY=VALUE", "greeting");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandThatIsTypedIsTheOnlyOneThatIsMade(String command) {
        CommandLine typed = Mayfly.commandLine(SILENT, command, "--help");
        boolean knowsOthers = command.equals("completion");
        assertThat(typed.getSubcommands()).containsKey(command);
        assertThat(typed.getSubcommands().size() == 1).isNotEqualTo(knowsOthers);
        assertThat(Objects.requireNonNull(typed.getSubcommands().get(command)).getCommandName())
                .isEqualTo(command);
    }

    @Test
    void coloursAreUsedOnlyWhereTheyMayBe() {
        assertThat(Typed.in(folder, Map.of(), true, "--help").out()).contains("\033[");
        assertThat(Typed.in(folder, Map.of(), false, "--help").out()).doesNotContain("\033[");
    }

    @Test
    void anArgumentThatStartsWithAnAtSignIsNoFileOfArguments() {
        assertThat(Typed.in(folder, "validate", "@nowhere").err())
                .contains("@nowhere: no such file");
    }

    static Stream<String> commands() {
        return mayfly().getSubcommands().entrySet().stream()
                .filter(command -> !isHidden(command.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("help"));
    }

    private static boolean isHidden(CommandLine command) {
        return command.getCommandSpec().usageMessage().hidden();
    }

    private static CommandLine mayfly() {
        return Mayfly.commandLine(SILENT);
    }
}
