package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "revisions",
        description = "List the revisions of an app that are kept, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly revisions", "  mayfly revisions --app shop --output json"})
final class RevisionsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    RevisionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        String path = ApiPath.of("apps", app.name(session), "revisions");
        return session.tell(session.get(path), this::table).code();
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "revision", "traffic", "when", "who", "message");
        for (JsonNode revision : answer.path("revisions")) {
            int percent = revision.path("percent").asInt();
            table.row(
                    revision.path("number").asText(),
                    percent == 0 ? "" : percent + " %",
                    Shown.time(revision.path("at")),
                    revision.path("who").asText(),
                    revision.path("message").asText());
        }
        return table.text("no revisions");
    }
}
