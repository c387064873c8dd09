package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "activations",
        description = {
            "List the newest runs of functions, for requests and records, and what they took.",
            "Of all gateways of the database, as far as they still have them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly activations",
            "  mayfly activations --app shop --outcome failed --since 10m",
            "  mayfly activations --limit 1000 --output json"
        })
final class ActivationsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = {"-a", "--app"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Of this app only.")
    private String app = "";

    @Option(
            names = "--function",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Of this function only.")
    private String function = "";

    @Option(
            names = "--outcome",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "Only with this outcome: succeeded, failed, trapped, deadline, refused ...")
    private String outcome = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "",
            description = "10m ago or later, or a time such as 2026-11-20T20:15:00Z.")
    private String since = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "",
            description = "At most so many: 100, up to 1000.")
    private String limit = "";

    ActivationsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("app", app);
        query.put("function", function);
        query.put("outcome", outcome);
        query.put("since", since);
        query.put("limit", limit);
        query.put("gateways", "all");
        Session session = server.open(surroundings);
        JsonNode page = session.get(ApiPath.with(query, ApiPath.of("activations")));
        page.path("silent")
                .forEach(each ->
                        session.remark(
                                "! requests are missing of "
                                        + Shown.plain(each.path("gateway").asText())
                                        + ": "
                                        + Shown.plain(each.path("reason").asText())));
        return session.tell(page, this::table).code();
    }

    private String table(JsonNode page) {
        Table table =
                new Table(
                        surroundings,
                        "when",
                        "gateway",
                        "function",
                        "request",
                        "status",
                        "outcome",
                        "took",
                        "in guest",
                        "id");
        for (JsonNode each : page.path("activations")) {
            table.row(
                    Shown.time(each.path("at")),
                    each.path("gateway").asText(),
                    each.path("app").asText()
                            + "/"
                            + each.path("function").asText()
                            + "@"
                            + each.path("revision").asText(),
                    each.path("method").asText() + " " + each.path("path").asText(),
                    each.path("status").asInt() == 0 ? "-" : each.path("status").asText(),
                    each.path("outcome").asText(),
                    micros(each.path("total_us").asLong()),
                    micros(each.path("guest_us").asLong()),
                    each.path("id").asText() + (each.path("recorded").asBoolean() ? " *" : ""));
        }
        return table.text("no requests to functions are remembered");
    }

    private static String micros(long micros) {
        return micros < 10_000 ? micros + " µs" : micros / 1000 + " ms";
    }
}
