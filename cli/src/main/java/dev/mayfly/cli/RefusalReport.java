package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Prints why a server refused, and what to do about it. */
final class RefusalReport {
    private final Surroundings surroundings;
    private final String command;

    /**
     * @param command as typed, {@code mayfly deploy}
     */
    RefusalReport(Surroundings surroundings, String command) {
        this.surroundings = surroundings;
        this.command = command;
    }

    void print(RefusedException refused) {
        ApiProblem problem = refused.problem();
        if (!problem.problems().isEmpty()) {
            new ProblemReport(surroundings).print(refused.about(), problem.problems());
            return;
        }
        surroundings.err().println(command + ": the server refused: " + problem.detail());
        mends(problem).forEach(mend -> surroundings.err().println("  " + mend));
    }

    private static List<String> mends(ApiProblem problem) {
        return switch (problem.kind()) {
            case "routes-taken" -> clashes(problem.document().path("clashes"));
            case "stale" ->
                    List.of(
                            "it is at version "
                                    + problem.document().path("version").asText()
                                    + " by now: look at it (mayfly apps), then try again with that one");
            case "no-token" ->
                    List.of("no token is known for it: mayfly login, or MAYFLY_TOKEN, gives one");
            case "no-local-token" ->
                    List.of(
                            "a server on this machine has its token in its data folder: it may still be starting, or keep",
                            "its data elsewhere (MAYFLY_DATA_FOLDER says where); else mayfly login, or MAYFLY_TOKEN, gives one");
            case "unauthorized" ->
                    List.of("mayfly login URL with a token that is good; mayfly tokens makes them");
            case "forbidden" ->
                    List.of(
                            "it takes a token with the scope "
                                    + problem.document().path("needs").asText("admin")
                                    + "; whoever has the scope admin makes one: mayfly tokens create");
            case "database-away" ->
                    List.of(
                            "the apps are served on, changes have to wait: try again in "
                                    + problem.retryAfter().orElse("a few")
                                    + " s");
            case "kafka-away" ->
                    List.of(
                            "records wait where they are: try again in "
                                    + problem.retryAfter().orElse("a few")
                                    + " s");
            default -> List.of();
        };
    }

    private static List<String> clashes(JsonNode clashes) {
        List<String> lines = new ArrayList<>();
        for (JsonNode clash : clashes) {
            lines.add(
                    clash.path("method").asText()
                            + " "
                            + clash.path("host").asText()
                            + clash.path("pattern").asText()
                            + " belongs to the app "
                            + clash.path("app").asText());
        }
        lines.add("choose another route or host, or take it from that app first");
        return lines;
    }
}
