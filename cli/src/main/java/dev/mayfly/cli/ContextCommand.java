package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "context",
        description = "List the servers you have logged in to, choose one, forget one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly context list",
            "  mayfly context use live",
            "  mayfly context remove old",
            "",
            "They are kept in $XDG_CONFIG_HOME/mayfly/config.toml, which only you can read."
        })
final class ContextCommand {
    private final Surroundings surroundings;

    @Spec private @Nullable CommandSpec command;

    ContextCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(name = "list", description = "List them; never their tokens.")
    int list(@Mixin OutputOption output) throws IOException {
        Contexts contexts = file().read();
        if (output.isJson()) {
            surroundings.out().println(Json.text(json(contexts)));
        } else {
            surroundings.out().print(table(contexts));
            surroundings.out().flush();
        }
        return Exit.OK.code();
    }

    @Command(name = "use", description = "Mean this one from now on.")
    int use(@Parameters(paramLabel = "NAME", description = "Which.") String name)
            throws IOException {
        known(name);
        file().change(contexts -> contexts.using(name));
        surroundings.out().println("using context " + name);
        return Exit.OK.code();
    }

    @Command(name = "remove", description = "Forget one and its token; the token stays good.")
    int remove(@Parameters(paramLabel = "NAME", description = "Which.") String name)
            throws IOException {
        known(name);
        file().change(contexts -> contexts.without(name));
        surroundings.out().println("removed context " + name);
        return Exit.OK.code();
    }

    private ContextFile file() {
        return new ContextFile(surroundings);
    }

    private void known(String name) throws IOException {
        Contexts contexts = file().read();
        if (contexts.find(name).isEmpty()) {
            throw Usage.wrong(
                    command,
                    "context \""
                            + name
                            + "\" is not there (expected one of "
                            + contexts.byName().keySet()
                            + ")");
        }
    }

    private String table(Contexts contexts) {
        Table table = new Table(surroundings, "", "context", "server");
        for (JsonNode each : Wire.tree(json(contexts)).path("contexts")) {
            table.row(
                    each.path("current").asBoolean() ? "*" : " ",
                    each.path("name").asText(),
                    each.path("server").asText());
        }
        return table.text("no contexts yet; mayfly login makes one");
    }

    private static Map<String, Object> json(Contexts contexts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        contexts.byName()
                .forEach((name, context) -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("name", name);
                    row.put("server", context.server().toString());
                    row.put("current", contexts.current().filter(name::equals).isPresent());
                    rows.add(row);
                });
        return Map.of("contexts", rows);
    }
}
