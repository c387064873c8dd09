package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tokens",
        description = "List, make and revoke what a server knows people and pipelines by.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly tokens list",
            "  mayfly tokens create ci --scope deploy:shop --lifetime 90d > token",
            "  mayfly tokens revoke ID",
            "",
            "Scopes: admin, deploy:* (every app), deploy:APP, read."
        })
final class TokensCommand {
    private final Surroundings surroundings;

    TokensCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(name = "list", description = "List them; what they are told by is not kept.")
    int list(@Mixin ServerOptions server) throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(ApiPath.of("tokens")), this::table).code();
    }

    @Command(name = "create", description = "Make one and print it, this once.")
    int create(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "NAME", description = "What the audit log calls it.")
                    String name,
            @Option(
                            names = "--scope",
                            required = true,
                            paramLabel = "SCOPE",
                            description = "What it may do; repeatable.")
                    List<String> scopes,
            @Option(
                            names = "--lifetime",
                            paramLabel = "TIME",
                            defaultValue = "30d",
                            description = "Until it expires (default: ${DEFAULT-VALUE}).")
                    String lifetime)
            throws IOException {
        Session session = server.open(surroundings);
        Map<String, Object> wish = Map.of("name", name, "scopes", scopes, "lifetime", lifetime);
        JsonNode answer = session.change("POST", ApiPath.of("tokens"), wish);
        if (!session.isJson()) {
            session.remark(
                    "token "
                            + answer.path("id").asText()
                            + ", good until "
                            + Shown.time(answer.path("expires_at"))
                            + "; it is not shown again:");
        }
        return session.tell(answer, made -> made.path("text").asText() + "\n").code();
    }

    @Command(name = "revoke", description = "Refuse one from now on.")
    int revoke(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "As listed.") String id)
            throws IOException {
        Session session = server.open(surroundings);
        JsonNode answer = session.send(Call.bare("DELETE", ApiPath.of("tokens", id))).body();
        return session.tell(answer, done -> "revoked " + id + "\n").code();
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "id", "name", "scopes", "expires");
        for (JsonNode token : answer.path("tokens")) {
            table.row(
                    token.path("id").asText(),
                    token.path("name").asText(),
                    Wire.joined(token.path("scopes")),
                    Shown.time(token.path("expires_at")));
        }
        return table.text("no tokens");
    }
}
