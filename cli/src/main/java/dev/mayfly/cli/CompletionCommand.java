package dev.mayfly.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description =
                "Print a script that teaches a shell to complete mayfly's commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  bash: mayfly completion bash > ~/.local/share/bash-completion/completions/mayfly",
            "  zsh:  mayfly completion zsh > ~/.mayfly-completion; add \"source ~/.mayfly-completion\" to ~/.zshrc",
            "",
            "fish is not offered."
        })
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        switch (shell) {
            // One script for both: it turns zsh's bash emulation on by itself.
            case "bash", "zsh" ->
                    surroundings.out().print(AutoComplete.bash("mayfly", self.getParent()));
            default ->
                    throw new ParameterException(
                            self,
                            "shell: " + shell + " (expected: bash or zsh; no others are offered)");
        }
        surroundings.out().flush();
        return Exit.OK.code();
    }
}
