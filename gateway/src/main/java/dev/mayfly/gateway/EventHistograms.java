package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How long runs for records took, by trigger; of those triggers that have meters. */
final class EventHistograms implements MultiCollector {
    private static final long[] BOUNDS = HistogramKind.times();

    private final Supplier<Map<EventMeters, List<TriggerRow>>> listed;

    EventHistograms(Supplier<Map<EventMeters, List<TriggerRow>>> listed) {
        this.listed = listed;
    }

    @Override
    public MetricSnapshots collect() {
        Map<EventMeters, List<TriggerRow>> triggers = listed.get();
        if (triggers.isEmpty()) {
            return MetricSnapshots.of();
        }
        HistogramSnapshot.Builder builder =
                HistogramSnapshot.builder()
                        .name("mayfly_kafka_run_seconds")
                        .help("How long runs took, however they ended.")
                        .unit(Unit.SECONDS);
        triggers.forEach((trigger, rows) -> builder.dataPoint(point(trigger, rows)));
        return MetricSnapshots.of(builder.build());
    }

    private static HistogramDataPointSnapshot point(EventMeters trigger, List<TriggerRow> rows) {
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets(rows))
                .sum(rows.stream().mapToLong(row -> row.runNanos().sum()).sum() / 1e9)
                .labels(
                        Labels.of(
                                "app",
                                trigger.app(),
                                "function",
                                trigger.function(),
                                "group",
                                trigger.group()))
                .build();
    }

    private static ClassicHistogramBuckets buckets(List<TriggerRow> rows) {
        List<Distribution> seen = rows.stream().map(TriggerRow::runNanos).toList();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (long bound : BOUNDS) {
            long upTo = seen.stream().mapToLong(each -> each.atMost(bound)).sum();
            buckets.bucket(bound / 1e9, upTo - below);
            below = upTo;
        }
        long all = seen.stream().mapToLong(Distribution::count).sum();
        buckets.bucket(Double.POSITIVE_INFINITY, all - below);
        return buckets.build();
    }
}
