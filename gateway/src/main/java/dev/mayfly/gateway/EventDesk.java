package dev.mayfly.gateway;

import dev.mayfly.kafka.DeadLetter;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.TopicRules;
import dev.mayfly.kafka.TriggerStats;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells of the Kafka triggers in words of the gateway's own. */
final class EventDesk implements Events {
    private final KafkaEvents events;
    private final LiveApps live;
    private final TopicRules topics;

    EventDesk(KafkaEvents events, LiveApps live, TopicRules topics) {
        this.events = events;
        this.live = live;
        this.topics = topics;
    }

    @Override
    public boolean reachable() {
        return events.reachable();
    }

    @Override
    public List<TriggerRow> triggers() {
        return events.stats().stream()
                .map(EventDesk::row)
                .sorted(
                        Comparator.comparing(TriggerRow::app)
                                .thenComparing(TriggerRow::function)
                                .thenComparing(TriggerRow::group))
                .toList();
    }

    private static TriggerRow row(TriggerStats stats) {
        TriggerStats.Counts counts = stats.counts();
        long others = counts.deadLetters() + counts.skipped();
        return new TriggerRow(
                stats.app(),
                stats.function(),
                stats.revision(),
                stats.group(),
                stats.partitions().stream()
                        .map(EventDesk::partition)
                        .sorted(
                                Comparator.comparing(TriggerRow.Partition::topic)
                                        .thenComparingInt(TriggerRow.Partition::partition))
                        .toList(),
                // Counted by another thread one after the other: never less than none.
                new TriggerRow.Records(
                        Math.max(0, counts.done() - others),
                        counts.deadLetters(),
                        counts.skipped()),
                counts.failedAttempts(),
                counts.produced(),
                counts.rebalances(),
                counts.runNanos());
    }

    private static TriggerRow.Partition partition(TriggerStats.Partition partition) {
        return new TriggerRow.Partition(
                partition.topic(),
                partition.partition(),
                Reading.label(partition.state()),
                partition.reason(),
                partition.committed(),
                partition.lag(),
                partition.inFlight(),
                partition.retrying(),
                partition.failedAttempts(),
                partition.deadLetters());
    }

    @Override
    public List<String> deadLetterTopics(String app) {
        return live.manifest(app).stream()
                .flatMap(manifest -> manifest.kafka().stream())
                .flatMap(trigger -> trigger.deadLetterTopic().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<FailedRecord> deadLetters(String app, String topic, int limit) {
        return deadLetterTopics(app).contains(topic)
                ? events.deadLetters().list(topic, limit).stream()
                        .filter(letter -> belongs(letter, app))
                        .map(EventDesk::failed)
                        .toList()
                : List.of();
    }

    @Override
    public Optional<FailedRecord> deadLetter(String app, FailedRecord.Place at) {
        return find(app, at).map(EventDesk::failed);
    }

    @Override
    public Optional<FailedRecord.Place> replay(String app, FailedRecord.Place at) {
        return find(app, at).map(letter -> place(events.deadLetters().replay(letter)));
    }

    private Optional<DeadLetter> find(String app, FailedRecord.Place at) {
        return deadLetterTopics(app).contains(at.topic())
                ? events.deadLetters().show(place(at)).filter(letter -> belongs(letter, app))
                : Optional.empty();
    }

    /**
     * Apps may share a topic, and anybody who may write to it may write what looks like a dead
     * letter: only those are the app's that name it, and come from a topic that it may use.
     */
    private boolean belongs(DeadLetter letter, String app) {
        String source = letter.evidence().getOrDefault("source-topic", "");
        return letter.evidence().getOrDefault("app", "").equals(app) && topics.allow(app, source);
    }

    private static FailedRecord failed(DeadLetter letter) {
        return new FailedRecord(
                place(letter.at()),
                letter.time(),
                letter.key(),
                letter.value(),
                letter.headers().stream()
                        .map(header -> new FailedRecord.Header(header.name(), header.value()))
                        .toList(),
                letter.evidence());
    }

    private static DeadLetter.Place place(FailedRecord.Place at) {
        return new DeadLetter.Place(at.topic(), at.partition(), at.offset());
    }

    private static FailedRecord.Place place(DeadLetter.Place at) {
        return new FailedRecord.Place(at.topic(), at.partition(), at.offset());
    }
}
