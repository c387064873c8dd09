package dev.mayfly.gateway;

import dev.mayfly.pool.Distribution;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.PoolStats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Distributions as histograms of Prometheus, made anew at each look, and the build. Micrometer has
 * no meter that takes a distribution somebody else counted, so they are collected beside its own.
 */
final class Histograms implements MultiCollector {
    private final Supplier<Reading> now;
    private final Supplier<Map<GuestFunction, PoolStats>> listed;

    Histograms(Supplier<Reading> now, Supplier<Map<GuestFunction, PoolStats>> listed) {
        this.now = now;
        this.listed = listed;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder().metricSnapshot(build());
        Map<GuestFunction, PoolStats> functions = listed.get();
        for (HistogramKind kind : HistogramKind.values()) {
            snapshots.metricSnapshot(total(kind));
            if (!functions.isEmpty()) {
                snapshots.metricSnapshot(each(kind, functions));
            }
        }
        return snapshots.build();
    }

    private static InfoSnapshot build() {
        Labels labels =
                Labels.of("java", Runtime.version().toString(), "version", Version.current());
        return InfoSnapshot.builder()
                .name("mayfly_build")
                .help("The build that runs; always 1.")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build())
                .build();
    }

    private HistogramSnapshot total(HistogramKind kind) {
        PoolStats stats = now.get().runtime().total();
        return HistogramSnapshot.builder()
                .name("mayfly_" + kind.seriesName())
                .help(kind.help())
                .unit(kind.unit())
                .dataPoint(point(kind, stats, Labels.EMPTY))
                .build();
    }

    private static HistogramSnapshot each(
            HistogramKind kind, Map<GuestFunction, PoolStats> functions) {
        HistogramSnapshot.Builder builder =
                HistogramSnapshot.builder()
                        .name("mayfly_function_" + kind.seriesName())
                        .help(kind.helpOfFunction())
                        .unit(kind.unit());
        functions.forEach((function, stats) -> {
            FunctionId id = function.id();
            Labels labels =
                    Labels.of(
                            "app",
                            id.app(),
                            "function",
                            id.function(),
                            "revision",
                            String.valueOf(id.revision()));
            builder.dataPoint(point(kind, stats, labels));
        });
        return builder.build();
    }

    private static HistogramDataPointSnapshot point(
            HistogramKind kind, PoolStats stats, Labels labels) {
        Distribution seen = kind.of(stats.spread());
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets(kind, seen))
                .sum(kind.scaled(seen.sum()))
                .labels(labels)
                .build();
    }

    private static ClassicHistogramBuckets buckets(HistogramKind kind, Distribution seen) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (long bound : kind.bounds()) {
            long upTo = seen.atMost(bound);
            buckets.bucket(kind.scaled(bound), upTo - below);
            below = upTo;
        }
        buckets.bucket(Double.POSITIVE_INFINITY, seen.count() - below);
        return buckets.build();
    }
}
