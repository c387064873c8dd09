package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "triggers",
        description = {
            "Tell how far Kafka triggers are, and what waits or stands still.",
            "As the gateway that is asked has them: others have the other partitions of a group.",
            "Ends with 1 if a partition has stopped or the brokers are away."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly triggers", "  mayfly triggers invoices --output json"})
final class TriggersCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Parameters(arity = "0..1", paramLabel = "APP", description = "Of this app only.")
    private @Nullable String app;

    TriggersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        JsonNode answer = chosen(session.get(ApiPath.of("triggers")));
        session.tell(answer, this::text);
        return (well(answer) ? Exit.OK : Exit.FAILURE).code();
    }

    private JsonNode chosen(JsonNode answer) {
        if (app != null && answer instanceof ObjectNode all) {
            ArrayNode triggers = all.arrayNode();
            for (JsonNode trigger : answer.path("triggers")) {
                if (trigger.path("app").asText().equals(app)) {
                    triggers.add(trigger);
                }
            }
            all.set("triggers", triggers);
        }
        return answer;
    }

    private static boolean well(JsonNode answer) {
        return !answer.path("brokers").asText().equals("away")
                && answer.path("triggers").findValuesAsText("state").stream()
                        .noneMatch("stopped"::equals);
    }

    private String text(JsonNode answer) {
        String brokers =
                switch (answer.path("brokers").asText()) {
                    case "away" -> "the brokers do not answer\n\n";
                    case "none" -> "this server has no Kafka brokers; kafka.brokers names some\n\n";
                    default -> "";
                };
        StringBuilder text = new StringBuilder(brokers).append(triggers(answer));
        if (!answer.path("triggers").isEmpty()) {
            text.append('\n').append(partitions(answer));
        }
        for (JsonNode trigger : answer.path("triggers")) {
            trigger.path("partitions").forEach(partition -> appendReason(partition, text));
        }
        return text.toString();
    }

    private String triggers(JsonNode answer) {
        Table table =
                new Table(
                        surroundings,
                        "function",
                        "revision",
                        "group",
                        "succeeded",
                        "failed attempts",
                        "dead letters",
                        "skipped",
                        "produced",
                        "rebalances");
        for (JsonNode trigger : answer.path("triggers")) {
            table.row(
                    name(trigger),
                    trigger.path("revision").asText(),
                    trigger.path("group").asText(),
                    trigger.path("succeeded").asText(),
                    trigger.path("failed_attempts").asText(),
                    trigger.path("dead_letters").asText(),
                    trigger.path("skipped").asText(),
                    trigger.path("produced").asText(),
                    trigger.path("rebalances").asText());
        }
        return table.text("no Kafka triggers are served here");
    }

    private static String name(JsonNode trigger) {
        return trigger.path("app").asText() + "/" + trigger.path("function").asText();
    }

    private String partitions(JsonNode answer) {
        Table table =
                new Table(
                        surroundings,
                        "function",
                        "partition",
                        "state",
                        "committed",
                        "lag",
                        "in flight",
                        "retrying",
                        "failed attempts",
                        "dead letters");
        for (JsonNode trigger : answer.path("triggers")) {
            for (JsonNode partition : trigger.path("partitions")) {
                table.row(
                        name(trigger),
                        place(partition),
                        partition.path("state").asText(),
                        partition.path("committed").asText("-"),
                        partition.path("lag").asText(),
                        partition.path("in_flight").asText(),
                        partition.path("retrying").asText(),
                        partition.path("failed_attempts").asText(),
                        partition.path("dead_letters").asText());
            }
        }
        return table.text("no partition is assigned to this gateway");
    }

    private static String place(JsonNode partition) {
        return partition.path("topic").asText() + "/" + partition.path("partition").asText();
    }

    private static void appendReason(JsonNode partition, StringBuilder text) {
        String reason = partition.path("reason").asText();
        if (!reason.isEmpty()) {
            text.append('\n')
                    .append(Shown.plain(place(partition) + " stands still: " + reason))
                    .append('\n');
        }
    }
}
