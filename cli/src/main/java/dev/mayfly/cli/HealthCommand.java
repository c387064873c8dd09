package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a container's health check runs. It needs no token, and so asks for none. */
@Command(
        name = "health",
        description = {
            "Ask a server whether requests should be sent to it.",
            "Ends with 0 if so, with 1 if not, with 5 if nothing answers. It needs no token."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly health", "  mayfly health --server http://10.0.0.5:3001"})
final class HealthCommand implements Callable<Integer> {
    /** A check is repeated every few seconds: one that waits longer has its answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Surroundings surroundings;

    @Mixin private ServerChoice choice = new ServerChoice();

    @Mixin private OutputOption output = new OutputOption();

    HealthCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        AdminClient client = choice.reach(surroundings);
        return switch (client.send(Call.get("/health/ready").within(PATIENCE))) {
            case Reply.Done(_, JsonNode health, _) -> tell(client, health, Exit.OK);
            case Reply.Refused(ApiProblem problem)
                    when problem.document().path("status").isTextual() ->
                    tell(client, problem.document(), Exit.FAILURE);
            case Reply.Refused(ApiProblem problem) ->
                    throw new RefusedException(problem, RefusedException.REQUEST);
        };
    }

    private int tell(AdminClient client, JsonNode health, Exit exit) {
        new Session(client, surroundings, output.format()).tell(health, HealthCommand::text);
        return exit.code();
    }

    private static String text(JsonNode health) {
        String reasons = Wire.joined(health.path("reasons"));
        return health.path("status").asText() + (reasons.isEmpty() ? "" : ": " + reasons) + "\n";
    }
}
