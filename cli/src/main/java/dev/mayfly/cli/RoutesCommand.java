package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "routes",
        description = "List every route that a server answers, and whose it is.",
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly routes", "  mayfly routes --output json"})
final class RoutesCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    RoutesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(ApiPath.of("routes")), this::table).code();
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "host", "route", "methods", "app", "target");
        for (JsonNode route : answer.path("routes")) {
            table.row(
                    route.path("host").asText(),
                    route.path("route").asText(),
                    methods(route.path("methods")),
                    route.path("app").asText(),
                    route.path("target").asText());
        }
        return table.text("no routes yet; mayfly deploy DIR brings some");
    }

    private static String methods(JsonNode methods) {
        String text = methods.isArray() ? Wire.joined(methods) : methods.asText();
        return text.isEmpty() || text.equals("*") ? "any" : text;
    }
}
