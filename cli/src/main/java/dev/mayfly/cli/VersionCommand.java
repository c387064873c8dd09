package dev.mayfly.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        description = "Print the version of mayfly and of what it runs on.",
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly version", "  mayfly version --output json"})
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private OutputOption output = new OutputOption();

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Map<String, Object> facts = facts();
        if (output.isJson()) {
            surroundings.out().println(Json.text(facts));
        } else {
            facts.forEach((name, fact) ->
                    surroundings.out().println(name + " ".repeat(9 - name.length()) + fact));
        }
        return Exit.OK.code();
    }

    private static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("mayfly", Build.version());
        facts.put("commit", commit());
        facts.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        facts.put("runtime", Build.runtime());
        return facts;
    }

    /**
     * The launcher builds what is stale before each start, so the checkout's commit is the
     * program's.
     */
    private static String commit() {
        String home = System.getProperty("mayfly.home", "");
        if (home.isEmpty() || !Files.exists(Path.of(home, ".git"))) {
            return "unknown";
        }
        try {
            Process git =
                    new ProcessBuilder(
                                    "git",
                                    "-C",
                                    home,
                                    "describe",
                                    "--always",
                                    "--dirty",
                                    "--exclude=*")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.isEmpty() ? "unknown" : answer;
        } catch (IOException _) { // no git here: the commit is not known, which is an answer too
            return "unknown";
        }
    }
}
