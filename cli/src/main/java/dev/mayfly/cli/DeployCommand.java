package dev.mayfly.cli;

import dev.mayfly.cli.Deployment.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an app to a server. */
@Command(
        name = "deploy",
        description = {
            "Bring an app to a server, without losing a request.",
            "Uploads what the server lacks, has it prepared and checked, and switches to it. What is refused",
            "changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly deploy                                    the app.toml of this folder",
            "  mayfly deploy shop --dry-run                     what would change, and every problem",
            "  mayfly deploy --message \"new prices\" --wait      until every gateway serves it",
            "  mayfly deploy --canary 5%% --step 10m --abort-on \"5xx>1%%\"",
            "  mayfly deploy --variable greeting=servus         set before it, and kept for later deploys"
        })
final class DeployCommand implements Callable<Integer> {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})\\s*%?");
    private static final int WHOLE = 100;

    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|app.toml|module.wasm",
            description = "The app (default: the app.toml of this folder).")
    private @Nullable Path path;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why; revisions list it.")
    private String message = "";

    @Option(
            names = "--variable",
            paramLabel = "NAME=VALUE",
            description = "Set a variable of the app on the server first; repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--wait", description = "Return when every gateway serves it.")
    private boolean wait;

    @Option(names = "--dry-run", description = "Check everything and tell what would change.")
    private boolean dryRun;

    @Option(
            names = "--percent",
            paramLabel = "PERCENT",
            description = "Give it only this share of the traffic, and leave it so.")
    private @Nullable String percent;

    @Option(
            names = "--canary",
            paramLabel = "PERCENT",
            description = "Give it this share first, and more at each step.")
    private @Nullable String canary;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "With --canary: from one step to the next (default: ${DEFAULT-VALUE}).")
    private String step = "10m";

    @Option(
            names = "--abort-on",
            paramLabel = "CONDITION",
            defaultValue = "5xx>1%",
            description =
                    "With --canary: what gives all back to the old one (default: ${DEFAULT-VALUE}).")
    private String abortOn = "5xx>1%";

    @Option(
            names = "--if-version",
            paramLabel = "NUMBER",
            description = "Only if the app is at this version still, as mayfly apps shows it.")
    private @Nullable Long version;

    DeployCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Wish wish = wish();
        return switch (Location.find(Optional.ofNullable(path), surroundings)) {
            case Location.Nowhere(String reason) -> {
                if (server.output() == OutputFormat.JSON) {
                    new ProblemLine(surroundings).print("usage", reason, "");
                } else {
                    surroundings.err().println("mayfly deploy: " + reason);
                }
                yield Exit.USAGE.code();
            }
            case Location.Found found ->
                    new Deployment(server.open(surroundings), found).run(wish).code();
        };
    }

    private Wish wish() {
        if (percent != null && canary != null) {
            throw server.misused("--percent and --canary: one of them (a canary grows by itself)");
        }
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("message", message);
        if (percent != null) {
            wish.put("percent", percent(percent));
        }
        if (canary != null) {
            wish.put(
                    "canary",
                    Map.of("percent", percent(canary), "step", step, "abort_on", abortOn));
        }
        if (dryRun) {
            wish.put("dry_run", true);
        }
        if (wait) {
            wish.put("wait", Waiting.LONGEST);
        }
        return new Wish(wish, variables, Optional.ofNullable(version), dryRun);
    }

    private int percent(String text) {
        Matcher written = PERCENT.matcher(text);
        int share = written.matches() ? Integer.parseInt(written.group(1)) : 0;
        if (share < 1 || share >= WHOLE) {
            throw server.misused("\"" + text + "\" (expected: 1% to 99%)");
        }
        return share;
    }
}
