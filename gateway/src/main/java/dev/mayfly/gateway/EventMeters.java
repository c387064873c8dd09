package dev.mayfly.gateway;

import dev.mayfly.gateway.Crowd.Latest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A Kafka trigger, as meters tell it apart. Partitions have no series of their own: their number is
 * not ours to bound. {@code mayfly triggers} shows each.
 *
 * @param app the app's name
 * @param function the function's name
 * @param group the consumer group
 */
record EventMeters(String app, String function, String group) {
    private static final List<String> STATES = List.of("running", "paused", "stopped");

    /** By trigger; those that are alike in all three are added up. */
    static Map<EventMeters, List<TriggerRow>> of(List<TriggerRow> rows) {
        Map<EventMeters, List<TriggerRow>> triggers = new LinkedHashMap<>();
        for (TriggerRow row : rows) {
            triggers.merge(
                    new EventMeters(row.app(), row.function(), row.group()),
                    List.of(row),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }
        return triggers;
    }

    void bind(Binder<Latest<List<TriggerRow>>> binder) {
        Series series = new Series(binder, this);
        series.partitions("lag", "Records that are not committed.", TriggerRow.Partition::lag);
        series.partitions(
                "in.flight",
                "Records that are begun and not committed.",
                TriggerRow.Partition::inFlight);
        series.partitions(
                "retrying",
                "Records that wait for another attempt.",
                TriggerRow.Partition::retrying);
        for (String state : STATES) {
            series.partitions(
                    "partitions",
                    "Partitions that this gateway has, by what they do.",
                    partition -> partition.state().equals(state) ? 1 : 0,
                    "state",
                    state);
        }
        String records = "Records that are finished, by what became of them.";
        series.count("records", records, r -> r.records().succeeded(), "outcome", "succeeded");
        series.count("records", records, r -> r.records().deadLetters(), "outcome", "dead_letter");
        series.count("records", records, r -> r.records().skipped(), "outcome", "skipped");
        series.count("failed.attempts", "Attempts that failed.", TriggerRow::failedAttempts);
        series.count("produced", "Records written to output topics.", TriggerRow::produced);
        series.count("rebalances", "Times that partitions came or went.", TriggerRow::rebalances);
    }

    /** Names and tags as all meters of one trigger have them. */
    private record Series(Binder<Latest<List<TriggerRow>>> binder, EventMeters trigger) {
        void partitions(
                String name,
                String help,
                ToDoubleFunction<TriggerRow.Partition> value,
                String... tags) {
            binder.gauge(
                    "mayfly.kafka." + name,
                    "",
                    help,
                    latest ->
                            latest.value().stream()
                                    .flatMap(row -> row.partitions().stream())
                                    .mapToDouble(value)
                                    .sum(),
                    tagged(tags));
        }

        void count(String name, String help, ToDoubleFunction<TriggerRow> value, String... tags) {
            binder.count(
                    "mayfly.kafka." + name,
                    help,
                    latest -> latest.value().stream().mapToDouble(value).sum(),
                    tagged(tags));
        }

        private String[] tagged(String... tags) {
            Stream<String> own =
                    Stream.of(
                            "app",
                            trigger.app(),
                            "function",
                            trigger.function(),
                            "group",
                            trigger.group());
            return Stream.concat(Stream.of(tags), own).toArray(String[]::new);
        }
    }
}
