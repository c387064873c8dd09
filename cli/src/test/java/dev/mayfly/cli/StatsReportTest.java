package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.StatsTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatsReportTest {
    private static final FunctionRow HELLO =
            new FunctionRow(
                    "shop",
                    "hello",
                    0,
                    "hot",
                    3,
                    1,
                    0,
                    1_234_567,
                    5,
                    4,
                    18,
                    Duration.ofNanos(1_280),
                    Duration.ofMillis(12),
                    4_600_000);

    @Test
    void aTableHasALineForAllAndARowForEach() {
        assertThat(new StatsReport(stats(List.of(HELLO))).table())
                .isEqualTo(
                        """
                        functions: 1 hot, 0 warm, 9,999 cold; 1 running, 0 queued; 1,234,567 runs, 5 refused; memory: 4.4 MiB of 1.0 GiB
                          function    tier  idle  running  queued       runs  refused  dirty p50  p99  guest p50      p99   memory
                          shop/hello  hot      3        1       0  1,234,567        5          4   18     1.3 µs  12.0 ms  4.4 MiB
                        """);
    }

    @Test
    void withNobodyAwakeThereIsTheLineOnly() {
        assertThat(new StatsReport(stats(List.of())).table()).hasLineCount(1);
    }

    @Test
    void timesAndSizesHaveTheUnitThatFits() {
        assertThat(StatsReport.time(Duration.ofSeconds(2))).isEqualTo("2.0 s");
        assertThat(StatsReport.time(Duration.ZERO)).isEqualTo("0.0 µs");
        assertThat(StatsReport.bytes(0)).isEqualTo("0 KiB");
        assertThat(StatsReport.bytes(3L << 30)).isEqualTo("3.0 GiB");
    }

    private static StatsTable stats(List<FunctionRow> rows) {
        return new StatsTable(rows, 1, 0, 9_999, 1, 0, 1_234_567, 5, 4_600_000, 1L << 30);
    }
}
