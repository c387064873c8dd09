package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.RouteNote;
import dev.mayfly.manifest.FunctionSpec.Activations;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RouteHistogramsTest {
    private final RouteTallies tallies = new RouteTallies();
    private final RouteTallies.Sheet sheet = tallies.sheet();

    private void ended(String route, StatusClass status) {
        sheet.known(
                        new RouteNote(
                                "shop",
                                3,
                                route,
                                Optional.empty(),
                                Activations.NONE,
                                Optional.empty()))
                .cell()
                .ended(status, 2_000);
    }

    private HistogramSnapshot histogram() {
        MetricSnapshots all = new RouteHistograms(() -> tallies.times(_ -> true)).collect();
        return (HistogramSnapshot) all.get(0);
    }

    @Test
    void onlyStatusesThatWereAnsweredHaveSeries() {
        ended("/a", StatusClass.SUCCESS);
        ended("/a", StatusClass.SUCCESS);
        ended("/a", StatusClass.SERVER_ERROR);
        assertThat(histogram().getDataPoints())
                .extracting(point -> point.getLabels().get("status"))
                .containsExactlyInAnyOrder("2xx", "5xx");
        HistogramDataPointSnapshot first = histogram().getDataPoints().getFirst();
        assertThat(first.getCount()).isEqualTo(2);
        assertThat(first.getSum()).isEqualTo(4e-6);
        assertThat(first.getClassicBuckets().getCount(1)).isEqualTo(2);
    }

    @Test
    @Tag("limit:RouteHistograms.MOST_SHOWN")
    void noMoreRoutesHaveSeriesThanMayBe() {
        for (int i = 0; i < 1_100; i++) {
            ended("/" + i, StatusClass.SUCCESS);
        }
        assertThat(histogram().getDataPoints()).hasSize(1_000);
    }
}
