package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Send a recorded request to its revision again and show both answers.",
            "The function must have record = \"bodies\" in its app.toml. What it does, it does again.",
            "Fields that may hold secrets (Authorization, Cookie ...) were not kept and are not sent.",
            "Ends with 1 if the answers differ."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly replay 0123456789abcdef0123456789abcdef",
            "  mayfly replay 0123456789abcdef0123456789abcdef --output json"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Parameters(
            paramLabel = "ID",
            description =
                    "The request's id, as X-Request-Id of its answer and mayfly activations say.")
    private String id = "";

    ReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        Call call =
                Call.of(
                                "POST",
                                ApiPath.with(
                                        Map.of("gateways", "all"),
                                        ApiPath.of("activations", id, "replay")),
                                Call.Body.json(Map.of()))
                        .within(PATIENCE);
        JsonNode both = session.send(call).body();
        session.tell(both, ReplayCommand::text);
        return (both.path("same").asBoolean() ? Exit.OK : Exit.FAILURE).code();
    }

    private static String text(JsonNode both) {
        return answer("recorded", both.path("recorded"))
                + "\n"
                + answer("replayed", both.path("replayed"))
                + "\n"
                + (both.path("same").asBoolean() ? "the same answer\n" : "the answers differ\n");
    }

    private static String answer(String title, JsonNode answer) {
        StringBuilder text =
                new StringBuilder(title + ": " + answer.path("status").asText() + "\n");
        for (JsonNode field : answer.path("headers")) {
            text.append(Shown.plain(field.path("name").asText()))
                    .append(": ")
                    .append(Shown.plain(field.path("value").asText()))
                    .append('\n');
        }
        JsonNode body = answer.path("body");
        text.append('\n');
        body.path("content")
                .asText()
                .lines()
                .forEach(line -> text.append(Shown.plain(line)).append('\n'));
        if (!body.path("whole").asBoolean()) {
            text.append("... (more was not kept)\n");
        }
        return text.toString();
    }
}
