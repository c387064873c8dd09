package dev.mayfly.cli;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.StatsTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What functions hold and did, as a table or in one line. */
final class StatsReport {
    private static final List<String> HEADINGS =
            List.of(
                    "function",
                    "tier",
                    "idle",
                    "running",
                    "queued",
                    "runs",
                    "refused",
                    "dirty p50",
                    "p99",
                    "guest p50",
                    "p99",
                    "memory");

    /** Columns of words, to the left; the others are numbers. */
    private static final int WORDS = 2;

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    private final StatsTable stats;

    StatsReport(StatsTable stats) {
        this.stats = stats;
    }

    /** One line, without its end. */
    String line() {
        return String.format(
                Locale.ROOT,
                "functions: %,d hot, %,d warm, %,d cold; %,d running, %,d queued; %,d runs, %,d refused;"
                        + " memory: %s of %s",
                stats.hot(),
                stats.warm(),
                stats.cold(),
                stats.running(),
                stats.queued(),
                stats.runs(),
                stats.refusals(),
                bytes(stats.memoryBytes()),
                bytes(stats.memoryLimit()));
    }

    /** The line, and below it a row for each function that did something since it last slept. */
    String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        stats.rows().forEach(row -> rows.add(cells(row)));
        StringBuilder text = new StringBuilder(line()).append('\n');
        if (!stats.rows().isEmpty()) {
            int[] widths = widths(rows);
            rows.forEach(row -> append(text, row, widths));
        }
        return text.toString();
    }

    private static List<String> cells(FunctionRow row) {
        return List.of(
                row.app() + "/" + row.function(),
                row.tier(),
                count(row.idle()),
                count(row.running()),
                count(row.queued()),
                count(row.runs()),
                count(row.refusals()),
                count(row.dirtyPages()),
                count(row.mostDirtyPages()),
                time(row.guestTime()),
                time(row.longestGuestTime()),
                bytes(row.memoryBytes()));
    }

    private static int[] widths(List<List<String>> rows) {
        return IntStream.range(0, HEADINGS.size())
                .map(column ->
                        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
    }

    private static void append(StringBuilder text, List<String> row, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            text.append("  ").append(column < WORDS ? cell + padding : padding + cell);
        }
        text.append('\n');
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(Duration time) {
        double nanos = time.toNanos();
        if (nanos < 1e6) {
            return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
        }
        return nanos < 1e9
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    static String bytes(long bytes) {
        if (bytes < MIB) {
            return String.format(Locale.ROOT, "%d KiB", bytes / KIB);
        }
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB)
                : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
