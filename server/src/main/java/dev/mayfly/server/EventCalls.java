package dev.mayfly.server;

import dev.mayfly.gateway.Events;
import dev.mayfly.gateway.FailedRecord;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.server.Parameter.Form;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka triggers, and the records that their functions could not take. */
final class EventCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EventCalls.class);
    private static final String LETTERS = "/v1/apps/{app}/dead-letters";
    private static final String LETTER = LETTERS + "/{topic}/{partition}/{offset}";
    private static final int LINES = 20;

    private final AdminParts parts;
    private final Changes changes;

    EventCalls(AdminParts parts, Changes changes) {
        this.parts = parts;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/v1/triggers",
                                Access.ANY,
                                "The Kafka triggers that this gateway takes part in, of the apps"
                                        + " that the caller may read.",
                                this::triggers)
                        .answers(200, View.TriggerList.class),
                Endpoint.get(LETTERS, Access.READ, "The app's newest dead letters.", this::list)
                        .with(
                                new Parameter("topic", Form.TEXT, "Only those of this topic."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "Of each topic at most so many: 20, up to 1000."))
                        .answers(200, View.DeadLetterList.class)
                        .refuses(Kind.KAFKA_AWAY),
                Endpoint.get(LETTER, Access.READ, "A dead letter, whole.", this::show)
                        .answers(200, View.DeadLetter.class)
                        .refuses(Kind.KAFKA_AWAY),
                Endpoint.post(
                                LETTER + "/replay",
                                Access.DEPLOY,
                                "Sends the original record again to the topic it came from.",
                                this::replay)
                        .answers(200, View.Replay.class)
                        .refuses(Kind.KAFKA_AWAY));
    }

    private Answer triggers(Call call) {
        return Answer.ok(
                new View.TriggerList(
                        parts.events().map(EventCalls::brokers).orElse("none"),
                        parts.events().stream()
                                .flatMap(events -> events.triggers().stream())
                                .filter(row -> call.token().mayRead(row.app()))
                                .map(EventViews::trigger)
                                .toList()));
    }

    private static String brokers(Events events) {
        return events.reachable() ? "ok" : "away";
    }

    private Answer list(Call call) {
        return asked(events -> Answer.ok(new View.DeadLetterList(letters(events, call))));
    }

    private static List<View.DeadLetterLine> letters(Events events, Call call) {
        Optional<String> topic = call.query().text("topic");
        int limit = call.query().count("limit", LINES, ApiLimits.MOST_DEAD_LETTERS);
        List<FailedRecord> letters = new ArrayList<>();
        for (String each : events.deadLetterTopics(call.app())) {
            if (topic.isEmpty() || topic.get().equals(each)) {
                letters.addAll(events.deadLetters(call.app(), each, limit));
            }
        }
        letters.sort(Comparator.comparing(FailedRecord::time).reversed());
        return letters.stream().map(EventViews::line).toList();
    }

    private Answer show(Call call) {
        return asked(events ->
                events.deadLetter(call.app(), place(call))
                        .map(letter -> (Answer) Answer.ok(EventViews.letter(letter)))
                        .orElseGet(() -> missing(call)));
    }

    /**
     * Sent first and written down then: at least once, as records are. A key that was used, or a
     * version that is not the app's, is seen before anything is sent.
     */
    private Answer replay(Call call) {
        String what = EventViews.text(place(call));
        ChangeResult before = parts.registry().rehearse(() -> noted(call, what, ""));
        return before instanceof ChangeResult.Done(AppState _, int _, boolean replayed) && !replayed
                ? asked(events ->
                        events.replay(call.app(), place(call))
                                .map(to -> replayed(call, what, to))
                                .orElseGet(() -> missing(call)))
                : changes.told(call, before, _ -> new View.Replay(what, Optional.empty()));
    }

    private Answer replayed(Call call, String what, FailedRecord.Place to) {
        String place = EventViews.text(to);
        ChangeResult noted = noted(call, what, "to " + place);
        return changes.told(call, noted, _ -> new View.Replay(what, Optional.of(place)));
    }

    private ChangeResult noted(Call call, String what, String outcome) {
        Intent intent = call.wish();
        return parts.registry().apps().note(call.app(), "replay", what, outcome, intent);
    }

    private Answer asked(Function<Events, Answer> question) {
        if (parts.events().isEmpty()) {
            return away("this server has no Kafka brokers");
        }
        try {
            return question.apply(parts.events().get());
        } catch (UncheckedIOException e) {
            LOG.warn("dead letters cannot be read: {}", e.getMessage());
            return away("the Kafka brokers do not answer, or refuse");
        }
    }

    private static Answer away(String detail) {
        return Answer.refused(Refusal.of(Kind.KAFKA_AWAY, detail).with("retry-after", "5"));
    }

    private static FailedRecord.Place place(Call call) {
        return new FailedRecord.Place(
                call.named("topic"),
                Integer.parseInt(call.named("partition")),
                Long.parseLong(call.named("offset")));
    }

    private static Answer missing(Call call) {
        return Answer.notFound(
                "a dead letter of " + call.app() + " at " + EventViews.text(place(call)));
    }
}
