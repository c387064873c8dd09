package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dlq",
        description = "Look at the records that an app's functions failed on; run them again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly dlq list",
            "  mayfly dlq show invoices-failed/0/17",
            "  mayfly dlq replay invoices-failed/0/17",
            "  mayfly dlq replay --all --topic invoices-failed --limit 100",
            "",
            "A dead letter is named as listed: topic/partition/offset. To replay one writes the original",
            "record to the topic it came from, behind all that is there; the dead letter stays where it is."
        })
final class DlqCommand {
    private static final int AT_ONCE = 1000;

    private final Surroundings surroundings;

    DlqCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(name = "list", description = "List the newest ones.")
    int list(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Option(
                            names = "--topic",
                            paramLabel = "TOPIC",
                            defaultValue = "",
                            description = "Of this dead-letter topic only.")
                    String topic,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "20",
                            description = "Of each topic so many (default: ${DEFAULT-VALUE}).")
                    int limit)
            throws IOException {
        Session session = server.open(surroundings);
        checkLimit(server, limit);
        return session.tell(letters(session, app.name(session), topic, limit), this::table).code();
    }

    private static JsonNode letters(Session session, String app, String topic, int limit)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("topic", topic);
        query.put("limit", Integer.toString(limit));
        return session.get(ApiPath.with(query, ApiPath.of("apps", app, "dead-letters")));
    }

    private static void checkLimit(ServerOptions server, int limit) {
        if (limit < 1 || limit > AT_ONCE) {
            throw server.misused("--limit " + limit + " (expected: 1 to " + AT_ONCE + ")");
        }
    }

    @Command(name = "show", description = "Print one whole: the record, and why it failed.")
    int show(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(paramLabel = "PLACE", description = "topic/partition/offset.") String place)
            throws IOException {
        Session session = server.open(surroundings);
        List<String> segments = segments(server, place);
        JsonNode letter = session.get(path(app.name(session), segments));
        return session.tell(letter, DeadLetterText::of).code();
    }

    @Command(name = "replay", description = "Send records again to the topics they came from.")
    int replay(
            @Mixin ServerOptions server,
            @Mixin AppChoice app,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "PLACE",
                            description = "topic/partition/offset; several one after the other.")
                    @Nullable List<String> places,
            @Option(names = "--all", description = "All that are listed, the oldest first.")
                    boolean all,
            @Option(
                            names = "--topic",
                            paramLabel = "TOPIC",
                            defaultValue = "",
                            description = "With --all: of this dead-letter topic only.")
                    String topic,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "1000",
                            description =
                                    "With --all: the newest so many of each topic (default: ${DEFAULT-VALUE}).")
                    int limit)
            throws IOException {
        List<String> named = places == null ? List.of() : places;
        if (all == !named.isEmpty()) {
            throw server.misused("which ones? name them, or say --all");
        }
        checkLimit(server, limit);
        List<List<String>> wanted = named.stream().map(each -> segments(server, each)).toList();
        Session session = server.open(surroundings);
        String name = app.name(session);
        return replay(session, name, all ? listed(session, name, topic, limit) : wanted).code();
    }

    private static List<List<String>> listed(Session session, String app, String topic, int limit)
            throws IOException {
        List<List<String>> found = new ArrayList<>();
        for (JsonNode letter : letters(session, app, topic, limit).path("dead_letters")) {
            found.add(
                    List.of(
                            letter.path("topic").asText(),
                            letter.path("partition").asText(),
                            letter.path("offset").asText()));
        }
        Collections.reverse(found);
        return found;
    }

    /** The first that is refused ends it; those before it are told. */
    private Exit replay(Session session, String app, List<List<String>> places) throws IOException {
        List<Object> replayed = new ArrayList<>();
        try {
            for (List<String> place : places) {
                Call call = Call.bare("POST", path(app, place) + "/replay");
                JsonNode answer = session.send(call).body();
                replayed.add(Wire.plain(answer));
                if (!session.isJson()) {
                    surroundings.out().println(line(answer));
                }
            }
        } finally {
            surroundings.out().flush();
            if (session.isJson()) {
                session.tell(Wire.tree(Map.of("replayed", replayed)), _ -> "");
            } else {
                session.remark(
                        "replayed " + replayed.size() + " of " + Count.of(places.size(), "record"));
            }
        }
        return Exit.OK;
    }

    private static String line(JsonNode answer) {
        return Shown.plain(answer.path("from").asText() + " is now " + answer.path("to").asText());
    }

    private static String path(String app, List<String> place) {
        return ApiPath.of(
                "apps", app, "dead-letters", place.getFirst(), place.get(1), place.getLast());
    }

    private static List<String> segments(ServerOptions server, String place) {
        if (!place.matches("[A-Za-z0-9._-]{1,249}/[0-9]{1,9}/[0-9]{1,18}")) {
            throw server.misused(
                    "\""
                            + place
                            + "\" (expected: topic/partition/offset, as mayfly dlq list says)");
        }
        return List.of(place.split("/", -1));
    }

    private String table(JsonNode answer) {
        Table table =
                new Table(
                        surroundings, "dead letter", "at", "key", "function", "attempts", "error");
        for (JsonNode letter : answer.path("dead_letters")) {
            JsonNode evidence = letter.path("evidence");
            table.row(
                    DeadLetterText.place(letter),
                    Shown.time(letter.path("at")),
                    letter.path("key").asText("-"),
                    evidence.path("function").asText("-"),
                    evidence.path("attempts").asText("-"),
                    evidence.path("error").asText("-"));
        }
        return table.text("no dead letters");
    }
}
