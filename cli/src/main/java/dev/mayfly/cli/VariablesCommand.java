package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "variables",
        description = {
            "List, set and remove the values of an app's variables.",
            "They may be set before the first deploy; what is live takes new ones at once."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly variables list",
            "  mayfly variables set greeting=servus colour=red --app shop",
            "  mayfly variables remove colour"
        })
final class VariablesCommand {
    private final Surroundings surroundings;

    VariablesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "list",
            description = "List the values that are set; secrets have their own command.")
    int list(@Mixin ServerOptions server, @Mixin AppChoice app) throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(path(app.name(session))), this::table).code();
    }

    @Command(name = "set", description = "Set some, all at once.")
    int set(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "Their values.")
                    Map<String, String> values)
            throws IOException {
        return change(server, app, Map.of("set", values));
    }

    @Command(name = "remove", description = "Remove some, so that app.toml's defaults count again.")
    int remove(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Their names.")
                    List<String> names)
            throws IOException {
        return change(server, app, Map.of("remove", names));
    }

    private int change(ServerOptions server, AppChoice app, Map<String, Object> wish)
            throws IOException {
        Session session = server.open(surroundings);
        String path = path(app.name(session));
        return session.tell(session.change("PATCH", path, wish), this::table).code();
    }

    private static String path(String app) {
        return ApiPath.of("apps", app, "variables");
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "variable", "value");
        answer.path("variables")
                .properties()
                .forEach(each -> table.row(each.getKey(), each.getValue().asText()));
        return table.text("no variables are set; app.toml's defaults count");
    }
}
