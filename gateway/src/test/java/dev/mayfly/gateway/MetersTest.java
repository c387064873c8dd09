package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RuntimeStats;
import dev.mayfly.pool.Tier;
import java.util.Arrays;
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
    @Tag("limit:LogWriter.MOST_WAITING")
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

    private static Reading reading() {
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
        return new Reading(gateway, guests, Map.of(), Map.of(), Map.of(), 0);
    }

    private static <K> Map<K, Long> none(K[] keys) {
        return Arrays.stream(keys).collect(Collectors.toMap(Function.identity(), _ -> 0L));
    }
}
