package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = {
            "Tell how a server is, with its gateways and functions.",
            "Ends with 1 if it is not ready or degraded."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly status", "  mayfly status --context live --output json"})
final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        JsonNode status = session.get(ApiPath.of("status"));
        session.tell(status, answer -> text(session, answer));
        boolean well = status.path("ready").asBoolean() && status.path("degraded").isEmpty();
        return (well ? Exit.OK : Exit.FAILURE).code();
    }

    private String text(Session session, JsonNode status) {
        return session.client().access().server()
                + ": Mayfly "
                + status.path("version").asText()
                + ", "
                + state(status)
                + "; database "
                + status.path("database").asText()
                + "; change "
                + status.path("number").asText()
                + "; serves on "
                + status.path("listen").asText("no address")
                + "\n\n"
                + gateways(status.path("gateways"))
                + "\n"
                + functions(status.path("functions"));
    }

    private static String state(JsonNode status) {
        String degraded = Wire.joined(status.path("degraded"));
        if (!degraded.isEmpty()) {
            return "degraded (" + degraded + ")";
        }
        return status.path("ready").asBoolean() ? "ready" : "not ready";
    }

    private String gateways(JsonNode gateways) {
        Table table = new Table(surroundings, "gateway", "address", "applied", "seen");
        for (JsonNode gateway : gateways) {
            table.row(
                    gateway.path("name").asText(),
                    gateway.path("address").asText(),
                    gateway.path("applied").asText(),
                    Shown.time(gateway.path("seen_at")));
        }
        return table.text("no gateways known");
    }

    private String functions(JsonNode functions) {
        Table table =
                new Table(surroundings, "function", "tier", "running", "queued", "runs", "memory");
        for (JsonNode function : functions) {
            table.row(
                    function.path("app").asText() + "/" + function.path("function").asText(),
                    function.path("tier").asText(),
                    function.path("running").asText(),
                    function.path("queued").asText(),
                    function.path("runs").asText(),
                    StatsReport.bytes(function.path("memory_bytes").asLong()));
        }
        return table.text("no function has run lately");
    }
}
