package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What came of a deploy: the plan, then where it answers. */
final class DeployReport {
    private final Surroundings surroundings;
    private final boolean waited;

    /**
     * @param waited whether the server waited for every gateway, as long as it does
     */
    DeployReport(Surroundings surroundings, boolean waited) {
        this.surroundings = surroundings;
        this.waited = waited;
    }

    String text(JsonNode answer) {
        StringBuilder text = new StringBuilder(surroundings.bold(headline(answer))).append('\n');
        for (JsonNode change : answer.path("changes")) {
            line(text, change.path("kind").asText() + " " + change.path("what").asText());
        }
        if (!isPlan(answer)) {
            answer.path("urls").forEach(url -> line(text, url.asText()));
        }
        waiting(answer).forEach(gateway -> line(text, gateway + " does not serve it yet"));
        return text.toString();
    }

    /** {@return whether every gateway that was waited for serves it} */
    boolean isEverywhere(JsonNode answer) {
        return waiting(answer).isEmpty();
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(Shown.plain(line)).append('\n');
    }

    private static boolean isPlan(JsonNode answer) {
        return answer.path("outcome").asText().equals("planned");
    }

    private static String headline(JsonNode answer) {
        String app = answer.path("app").asText();
        String revision = "revision " + answer.path("revision").asText();
        return switch (answer.path("outcome").asText()) {
            case "planned" -> "a deploy of " + app + " would change (nothing is changed yet):";
            case "unchanged" -> app + " is unchanged, " + revision;
            default -> "deployed " + app + ", " + revision + took(answer.path("steps"));
        };
    }

    private static String took(JsonNode steps) {
        long millis = 0;
        List<String> slow = new ArrayList<>();
        for (JsonNode step : steps) {
            millis += step.path("ms").asLong();
            slow.add(step.path("name").asText() + " " + step.path("ms").asText());
        }
        return slow.isEmpty() ? "" : ", in " + millis + " ms (" + String.join(", ", slow) + ")";
    }

    /** The one that answered has applied it; the numbers only grow. */
    private List<String> waiting(JsonNode answer) {
        long newest = 0;
        for (JsonNode gateway : answer.path("gateways")) {
            newest = Math.max(newest, gateway.path("applied").asLong());
        }
        List<String> names = new ArrayList<>();
        for (JsonNode gateway : answer.path("gateways")) {
            if (waited && gateway.path("applied").asLong() < newest) {
                names.add("gateway " + gateway.path("name").asText());
            }
        }
        return names;
    }
}
