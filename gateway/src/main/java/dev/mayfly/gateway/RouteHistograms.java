package dev.mayfly.gateway;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** How long requests took, by route and status: rate, errors and durations in one meter. */
final class RouteHistograms implements MultiCollector {
    /** Routes with series of their own, up to sixteen lines for each status that was answered. */
    static final int MOST_SHOWN = 1000;

    private static final long[] BOUNDS = HistogramKind.times();

    private final Supplier<Map<RouteTallies.Key, RouteTallies.Times>> times;

    RouteHistograms(Supplier<Map<RouteTallies.Key, RouteTallies.Times>> times) {
        this.times = times;
    }

    @Override
    public MetricSnapshots collect() {
        Map<RouteTallies.Key, RouteTallies.Times> routes = times.get();
        if (routes.isEmpty()) {
            return MetricSnapshots.of();
        }
        HistogramSnapshot.Builder builder =
                HistogramSnapshot.builder()
                        .name("mayfly_route_seconds")
                        .help("How long requests took, from the head to the answer's end.")
                        .unit(Unit.SECONDS);
        routes.entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(route -> add(route.getKey(), route.getValue(), builder));
        return MetricSnapshots.of(builder.build());
    }

    private static void add(
            RouteTallies.Key route, RouteTallies.Times times, HistogramSnapshot.Builder builder) {
        for (StatusClass status : StatusClass.values()) {
            long[] counts = times.counts()[status.place()];
            if (Arrays.stream(counts).anyMatch(count -> count > 0)) {
                builder.dataPoint(
                        point(counts, times.nanos()[status.place()], labels(route, status)));
            }
        }
    }

    private static Labels labels(RouteTallies.Key route, StatusClass status) {
        return Labels.of(
                "app",
                route.app(),
                "function",
                route.function(),
                "revision",
                String.valueOf(route.revision()),
                "route",
                route.route(),
                "status",
                status.label());
    }

    private static HistogramDataPointSnapshot point(long[] counts, long nanos, Labels labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < BOUNDS.length; i++) {
            buckets.bucket(BOUNDS[i] / 1e9, counts[i]);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, counts[BOUNDS.length]);
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(nanos / 1e9)
                .labels(labels)
                .build();
    }
}
