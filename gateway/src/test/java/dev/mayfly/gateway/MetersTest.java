package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RuntimeStats;
import dev.mayfly.pool.Tier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final int LOST_LINES = 7;
    private static final int LOST_TRACES = 3;

    @Test
    @Tag("limit:LogQueue.MOST_WAITING")
    void logLinesThatWereLostAreTold() {
        try (Meters meters = new Meters(MetersTest::reading, 1)) {
            assertThat(
                            Scrape.of(meters.scrape(MetricsText.OPEN_METRICS).text())
                                    .value("mayfly_log_dropped_lines_total"))
                    .isEqualTo(LOST_LINES);
        }
    }

    @Test
    @Tag("limit:OtlpSpans.MOST_WAITING")
    void tracesThatWereLostAreTold() {
        try (Meters meters = new Meters(MetersTest::reading, 1)) {
            Scrape scrape = Scrape.of(meters.scrape(MetricsText.OPEN_METRICS).text());
            assertThat(scrape.value("mayfly_traces_dropped_total")).isEqualTo(LOST_TRACES);
        }
    }

    @Test
    @Tag("limit:Meters.MOST_TRIGGERS")
    void soManyTriggersHaveSeriesAndTheOthersNone() {
        Map<EventMeters, List<TriggerRow>> triggers = new LinkedHashMap<>();
        for (int i = 0; i < 1001; i++) {
            triggers.put(new EventMeters("a", "f", "g" + i), List.of());
        }
        try (Meters meters = new Meters(() -> reading(triggers), 1)) {
            assertThat(
                            Scrape.of(meters.scrape(MetricsText.OPEN_METRICS).text())
                                    .with("mayfly_kafka_lag"))
                    .hasSize(1000);
        }
    }

    private static Reading reading() {
        return reading(Map.of());
    }

    private static Reading reading(Map<EventMeters, List<TriggerRow>> triggers) {
        GatewayStats gateway =
                new GatewayStats(
                        0,
                        0,
                        0,
                        0,
                        none(StatusClass.values()),
                        none(Rejection.values()),
                        0,
                        0,
                        0,
                        0,
                        LOST_LINES,
                        LOST_TRACES,
                        List.of());
        RuntimeStats guests =
                new RuntimeStats(
                        Map.of(Tier.HOT, 0, Tier.WARM, 0, Tier.COLD, 0),
                        new RuntimeStats.Threads(0, 0, 0),
                        new RuntimeStats.Memory(0, 0, 0, 0),
                        new RuntimeStats.Cache(0, 0),
                        PoolStats.unused(Tier.COLD),
                        List.of());
        return new Reading(gateway, guests, Map.of(), Map.of(), Map.of(), triggers, 0);
    }

    private static <K> Map<K, Long> none(K[] keys) {
        return Arrays.stream(keys).collect(Collectors.toMap(Function.identity(), _ -> 0L));
    }
}
