package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "traffic",
        description = "Show how the traffic of an app is split between its revisions, or split it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly traffic",
            "  mayfly traffic set 3=90 4=10      of ten requests, one goes to revision 4",
            "  mayfly traffic set 4=100 --app shop"
        })
final class TrafficCommand implements Callable<Integer> {
    private static final int WHOLE = 100;

    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    TrafficCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        return session.tell(session.get(path(session, app)), this::table).code();
    }

    @Command(
            name = "set",
            description = "Split it: a revision and its percentage each, 100 in all.")
    int set(
            @Mixin ServerOptions there,
            @Mixin AppChoice of,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "REVISION=PERCENT",
                            description = "A revision and its share.")
                    Map<Integer, Integer> percents)
            throws IOException {
        int sum = percents.values().stream().mapToInt(Integer::intValue).sum();
        if (sum != WHOLE) {
            throw there.misused("the shares make " + sum + " % (expected: 100)");
        }
        Session session = there.open(surroundings);
        Map<String, Object> wish = Map.of("traffic", new TreeMap<>(percents));
        return session.tell(session.change("PUT", path(session, of), wish), this::table).code();
    }

    private static String path(Session session, AppChoice app) throws IOException {
        return ApiPath.of("apps", app.name(session), "traffic");
    }

    private String table(JsonNode answer) {
        Table table = new Table(surroundings, "revision", "traffic");
        answer.path("traffic")
                .properties()
                .forEach(each -> table.row(each.getKey(), each.getValue().asText() + " %"));
        return table.text("nothing of it is live");
    }
}
