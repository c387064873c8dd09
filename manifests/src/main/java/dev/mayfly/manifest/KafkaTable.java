package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code [[trigger.kafka]]}. */
final class KafkaTable {
    private static final Templated TOPIC = new Templated(Names.TOPIC);

    static final Key<List<String>> TOPICS =
            Key.required("topics", Series.someDistinct(TOPIC), "Topics to read.");
    static final Key<String> FUNCTION =
            Key.required("function", Names.FUNCTION, "The function to run.");
    static final Key<String> GROUP =
            Key.optional(
                    "group",
                    Text.any("a consumer group", "a name such as \"shop-on-order\"")
                            .matching("[^\\u0000-\\u001f\\u007f]+"),
                    "Consumer group; <app>-<function> when absent.");
    static final Key<KafkaTrigger.StartFrom> START_FROM =
            Key.of(
                    "start_from",
                    Choice.of("a place to start", KafkaTrigger.StartFrom.class),
                    "latest",
                    "Where a new group begins.");

    static final Key<Integer> ATTEMPTS = Key.of("attempts", Whole.POSITIVE, 5, "Tries in all.");
    static final Key<Duration> BACKOFF =
            Key.of("backoff", Quantities.DURATION, "200ms", "Before the second try, then doubled.");
    static final Key<Duration> MAX_BACKOFF =
            Key.of("max_backoff", Quantities.DURATION, "30s", "Never longer.");

    static final Key<KafkaTrigger.Retry> RETRY =
            Key.of(
                    "retry",
                    new Struct<>(
                            "a retry",
                            "{ attempts = 5, backoff = \"200ms\", max_backoff = \"30s\" }",
                            List.of(ATTEMPTS, BACKOFF, MAX_BACKOFF),
                            List.of(),
                            section ->
                                    new KafkaTrigger.Retry(
                                            section.get(ATTEMPTS),
                                            section.get(BACKOFF),
                                            section.get(MAX_BACKOFF))),
                    Map.of(),
                    "How failed records are tried again.");

    static final Key<KafkaTrigger.OnExhausted> ON_EXHAUSTED =
            Key.of(
                    "on_exhausted",
                    Choice.of("an ending", KafkaTrigger.OnExhausted.class),
                    "stop",
                    "After the last try: the partition stops, or the record is skipped.");
    static final Key<String> DEAD_LETTER_TOPIC =
            Key.optional("dead_letter_topic", TOPIC, "Where failed records go.");
    static final Key<String> OUTPUT_TOPIC =
            Key.optional("output_topic", TOPIC, "Where standard output goes.");
    static final Key<KafkaTrigger.Output> OUTPUT =
            Key.of(
                    "output",
                    Choice.of("a way to read output", KafkaTrigger.Output.class),
                    "raw",
                    "raw: the value, whole; cgi: a header block (key, headers) first.");
    static final Key<Boolean> EXACTLY_ONCE =
            Key.of("exactly_once", Flag.EITHER, false, "One transaction for output and offsets.");
    static final Key<Integer> MAX_IN_FLIGHT =
            Key.of("max_in_flight", Whole.POSITIVE, 64, "Records at once per partition.");

    static final Struct<KafkaTrigger> TRIGGER =
            new Struct<>(
                    "a Kafka trigger",
                    "[[trigger.kafka]] with topics = [\"orders\"] and function = \"on-order\"",
                    List.of(
                            TOPICS,
                            FUNCTION,
                            GROUP,
                            START_FROM,
                            RETRY,
                            ON_EXHAUSTED,
                            DEAD_LETTER_TOPIC,
                            OUTPUT_TOPIC,
                            OUTPUT,
                            EXACTLY_ONCE,
                            MAX_IN_FLIGHT),
                    List.of(
                            new Struct.Rule.NotBoth(
                                    "on_exhausted",
                                    "dead_letter_topic",
                                    "remove it: exhausted records go to the dead-letter topic")),
                    KafkaTable::trigger);

    private KafkaTable() {}

    private static KafkaTrigger trigger(Section section) {
        return new KafkaTrigger(
                section.get(TOPICS),
                section.get(FUNCTION),
                section.find(GROUP).orElse(""),
                section.get(START_FROM),
                section.get(RETRY),
                section.get(ON_EXHAUSTED),
                section.find(DEAD_LETTER_TOPIC),
                section.find(OUTPUT_TOPIC),
                section.get(OUTPUT),
                section.get(EXACTLY_ONCE),
                section.get(MAX_IN_FLIGHT));
    }

    static KafkaTrigger withGroup(KafkaTrigger trigger, String group) {
        return new KafkaTrigger(
                trigger.topics(),
                trigger.function(),
                group,
                trigger.startFrom(),
                trigger.retry(),
                trigger.onExhausted(),
                trigger.deadLetterTopic(),
                trigger.outputTopic(),
                trigger.output(),
                trigger.exactlyOnce(),
                trigger.maxInFlight());
    }

    static KafkaTrigger withTopics(
            KafkaTrigger trigger,
            List<String> topics,
            Optional<String> deadLetter,
            Optional<String> output) {
        return new KafkaTrigger(
                topics,
                trigger.function(),
                trigger.group(),
                trigger.startFrom(),
                trigger.retry(),
                trigger.onExhausted(),
                deadLetter,
                output,
                trigger.output(),
                trigger.exactlyOnce(),
                trigger.maxInFlight());
    }
}
