package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "apps",
        description = "List the apps of a server: what is live, how it is split, what is wrong.",
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly apps", "  mayfly apps --context live --output json"})
final class AppsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    AppsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(ApiPath.of("apps")), this::table).code();
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "app", "live", "traffic", "version", "state");
        for (JsonNode app : answer.path("apps")) {
            String wrong = Wire.joined(app.path("problems"));
            table.row(
                    app.path("name").asText(),
                    live(app),
                    Shown.traffic(app.path("traffic")),
                    app.path("version").asText(),
                    wrong.isEmpty() ? "ok" : wrong);
        }
        return table.text("no apps yet; mayfly deploy DIR brings one");
    }

    private static String live(JsonNode app) {
        int live = app.path("live").asInt();
        return live == 0 ? "-" : String.valueOf(live);
    }
}
