package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A value is never an argument: every user of the machine sees the arguments of a process, and the
 * shell writes them into its history.
 */
@Command(
        name = "secrets",
        description = {
            "Set the secrets of an app, list their names, remove them.",
            "Nobody can read a value back but the app's functions."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly secrets set api_key              asks, and shows nothing of what is typed",
            "  mayfly secrets set api_key < key.txt    a newline at the end does not count",
            "  mayfly secrets list --app shop",
            "  mayfly secrets remove api_key"
        })
final class SecretsCommand {
    private final Surroundings surroundings;

    SecretsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "set",
            description =
                    "Set one: the value is asked for on a terminal, else read from standard input.")
    int set(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(paramLabel = "NAME", description = "Its name, as in app.toml.") String name)
            throws IOException {
        if (name.contains("=")) {
            throw server.misused(
                    "a secret's value is no argument: others can see it; say its name alone and type or pipe the value");
        }
        Session session = server.open(surroundings);
        String path = path(app.name(session));
        String value = value(name);
        if (value.isEmpty()) {
            throw server.misused("no value for " + name + ": type one, or pipe it in");
        }
        JsonNode answer = session.change("PATCH", path, Map.of("set", Map.of(name, value)));
        return session.tell(answer, done -> "set " + name + "\n").code();
    }

    @Command(name = "list", description = "List their names and which key seals them.")
    int list(@Mixin ServerOptions server, @Mixin AppChoice app) throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(path(app.name(session))), this::table).code();
    }

    @Command(name = "remove", description = "Remove some.")
    int remove(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(arity = "1..*", paramLabel = "NAME", description = "Their names.")
                    List<String> names)
            throws IOException {
        Session session = server.open(surroundings);
        String path = path(app.name(session));
        JsonNode answer = session.change("PATCH", path, Map.of("remove", names));
        return session.tell(answer, done -> "removed " + String.join(", ", names) + "\n").code();
    }

    private static String path(String app) {
        return ApiPath.of("apps", app, "secrets");
    }

    private String value(String name) throws IOException {
        Keyboard keyboard = surroundings.keyboard();
        if (keyboard.isTerminal()) {
            return keyboard.askSecretly("Value of " + name + ": ");
        }
        String piped = new String(keyboard.input().readAllBytes(), StandardCharsets.UTF_8);
        return piped.replaceFirst("\\r?\\n\\z", "");
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "secret", "key");
        for (JsonNode secret : answer.path("secrets")) {
            table.row(secret.path("name").asText(), secret.path("key_id").asText());
        }
        return table.text("no secrets; mayfly secrets set NAME sets one");
    }
}
