package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "canary",
        description = {
            "Show the gradual rollout of an app, end it, or finish it at once.",
            "mayfly deploy --canary begins one. It goes on by itself until the new revision has all traffic,",
            "or until its rule is met."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly canary",
            "  mayfly canary abort               all traffic back to the revision before",
            "  mayfly canary finish --app shop   all traffic to the new one, now"
        })
final class CanaryCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    CanaryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        String path = ApiPath.of("apps", app.name(session), "canary");
        return session.tell(session.get(path), this::table).code();
    }

    @Command(name = "abort", description = "Give all traffic back to the revision before.")
    int abort(@Mixin ServerOptions there, @Mixin AppChoice of) throws IOException {
        Session session = there.open(surroundings);
        Call call = Call.bare("DELETE", ApiPath.of("apps", of.name(session), "canary"));
        return session.tell(session.send(call).body(), CanaryCommand::back).code();
    }

    /** Under the version at which the rollout was seen to run: one that ended since stays ended. */
    @Command(name = "finish", description = "Give all traffic to the new revision now.")
    int finish(@Mixin ServerOptions there, @Mixin AppChoice of) throws IOException {
        Session session = there.open(surroundings);
        String name = of.name(session);
        String traffic = ApiPath.of("apps", name, "traffic");
        String version = session.send(Call.get(traffic)).header("ETag").orElse("*");
        JsonNode canary = session.get(ApiPath.of("apps", name, "canary"));
        if (!canary.path("state").asText().equals("running")) {
            throw new IOException(
                    "no rollout of " + name + " is running; the last one " + canary(canary));
        }
        Map<String, Object> all = Map.of(canary.path("revision").asText(), 100);
        Call call =
                Call.of("PUT", traffic, Call.Body.json(Map.of("traffic", all)))
                        .with("If-Match", version);
        JsonNode answer = session.send(call).body();
        return session.tell(
                        answer,
                        _ ->
                                name
                                        + ": revision "
                                        + canary.path("revision").asText()
                                        + " has all traffic\n")
                .code();
    }

    private static String canary(JsonNode canary) {
        return "is "
                + canary.path("state").asText()
                + ", revision "
                + canary.path("revision").asText();
    }

    private static String back(JsonNode answer) {
        return answer.path("name").asText()
                + " is back at revision "
                + answer.path("live").asText()
                + "\n";
    }

    private String table(JsonNode canary) {
        boolean running = canary.path("state").asText().equals("running");
        Table table =
                new Table(
                        surroundings, "revision", "traffic", "state", "step", "next", "aborts on");
        table.row(
                canary.path("revision").asText(),
                canary.path("percent").asText() + " %",
                canary.path("state").asText(),
                canary.path("step").asText(),
                running ? Shown.time(canary.path("next_at")) : "-",
                canary.path("abort_on").asText());
        return table.text("");
    }
}
