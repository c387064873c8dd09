package dev.mayfly.cli;

import dev.mayfly.cli.ModuleCheck.Checked;
import dev.mayfly.gateway.Inspection.Make;
import dev.mayfly.gateway.Inspection.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What builds came to, for people or for programs. */
final class BuildReport {
    private static final int PAGE_KIB = 64;

    /** Less is not worth a word. */
    private static final int MUCH_CUSTOM = 8 << 10;

    private static final int CUSTOM_SHARE = 10;

    private final Surroundings surroundings;
    private final List<Row> rows;

    /**
     * A build and what was found in its modules; nothing when it made none.
     *
     * @param unit the build
     * @param end how it ended
     * @param modules one for each function
     */
    record Row(BuildUnit unit, BuildEnd end, List<Checked> modules) {
        Row {
            modules = List.copyOf(modules);
        }

        boolean failed() {
            return end instanceof BuildEnd.Failed;
        }

        boolean refused() {
            return modules.stream().anyMatch(each -> !each.seen().problems().isEmpty());
        }
    }

    BuildReport(Surroundings surroundings, List<Row> rows) {
        this.surroundings = surroundings;
        this.rows = List.copyOf(rows);
    }

    Exit exit() {
        if (rows.stream().anyMatch(Row::failed)) {
            return Exit.FAILURE;
        }
        return rows.stream().anyMatch(Row::refused) ? Exit.INVALID : Exit.OK;
    }

    /** {@return a line for each function} */
    String table() {
        Table table =
                new Table(
                        surroundings, "FUNCTION", "BUILD", "MODULE", "SIZE", "MEMORY", "SNAPSHOT");
        for (Row row : rows) {
            if (row.modules().isEmpty()) {
                String modules = String.join(" ", row.unit().modules());
                table.row(row.unit().name(), build(row.end()), modules, "-", "-", "-");
            }
            for (Checked each : row.modules()) {
                Optional<Memory> memory = each.seen().make().map(Make::memory);
                table.row(
                        each.function(),
                        build(row.end()),
                        each.module(),
                        bytes(each.bytes()),
                        memory.map(is -> pages(is.initialPages())).orElse("-"),
                        memory.filter(is -> is.imagePages() > 0)
                                .map(is -> pages(is.imagePages()))
                                .orElse("-"));
            }
        }
        return table.text("");
    }

    private static String build(BuildEnd end) {
        return switch (end) {
            case BuildEnd.UpToDate() -> "up to date";
            case BuildEnd.Built(Duration time, _) -> seconds(time);
            case BuildEnd.Failed(Duration time, _, _) -> "failed, " + seconds(time);
        };
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }

    private static String pages(int pages) {
        return String.format(
                Locale.ROOT, "%,d KiB (%s)", pages * PAGE_KIB, Count.of(pages, "page"));
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }

    /** {@return what went wrong, what may surprise, and what to do; each for standard error} */
    List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            String name = row.unit().name() + ": ";
            switch (row.end()) {
                case BuildEnd.UpToDate() -> {}
                case BuildEnd.Built(_, List<String> notes) ->
                        notes.forEach(note -> lines.add(name + "note: " + note));
                case BuildEnd.Failed(_, String reason, List<String> mends) -> {
                    lines.add(name + reason);
                    mends.forEach(mend -> lines.add("    " + mend));
                }
            }
            row.modules().forEach(each -> lines.addAll(remarks(each)));
        }
        return lines;
    }

    private static List<String> remarks(Checked each) {
        List<String> lines = new ArrayList<>();
        String name = each.function() + ": ";
        each.seen().problems().forEach(problem -> lines.add(name + each.module() + ": " + problem));
        each.seen().warnings().forEach(warning -> lines.add(name + "warning: " + warning));
        offer(each).ifPresent(offer -> lines.add(name + "note: " + offer));
        return lines;
    }

    /** Of debug info a warning tells already. */
    private static Optional<String> offer(Checked each) {
        boolean told =
                each.seen().make().stream()
                        .flatMap(make -> make.sections().stream())
                        .anyMatch(section -> section.name().startsWith(".debug_"));
        long share = each.customBytes() * 100L / Math.max(1, each.bytes());
        return told || share < CUSTOM_SHARE || each.customBytes() < MUCH_CUSTOM
                ? Optional.empty()
                : Optional.of(
                        share
                                + " % of "
                                + each.module()
                                + " are names and notes of tools, which no run reads; mayfly build"
                                + " --strip takes them out");
    }

    /** {@return the same as a document} */
    String json() {
        List<Map<String, Object>> functions = new ArrayList<>();
        for (Row row : rows) {
            if (row.modules().isEmpty()) {
                row.unit().functions().forEach(each -> functions.add(facts(row, each.name())));
            }
            for (Checked each : row.modules()) {
                Map<String, Object> facts = facts(row, each.function());
                put(facts, each);
                functions.add(facts);
            }
        }
        return Json.text(Map.of("functions", functions)) + "\n";
    }

    private static Map<String, Object> facts(Row row, String function) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("function", function);
        facts.put("command", row.unit().command());
        switch (row.end()) {
            case BuildEnd.UpToDate() -> facts.put("build", "up_to_date");
            case BuildEnd.Built(Duration time, List<String> notes) -> {
                facts.put("build", "built");
                facts.put("build_ms", time.toMillis());
                facts.put("notes", notes);
            }
            case BuildEnd.Failed(Duration time, String reason, List<String> mends) -> {
                facts.put("build", "failed");
                facts.put("build_ms", time.toMillis());
                facts.put("reason", reason);
                facts.put("mends", mends);
            }
        }
        return facts;
    }

    private static void put(Map<String, Object> facts, Checked each) {
        facts.put("module", each.module());
        facts.put("bytes", each.bytes());
        facts.put("custom_bytes", each.customBytes());
        each.seen()
                .make()
                .ifPresent(make -> {
                    facts.put("form", make.form());
                    facts.put("memory_pages", make.memory().initialPages());
                    facts.put("image_pages", make.memory().imagePages());
                });
        facts.put("problems", each.seen().problems());
        facts.put("warnings", each.seen().warnings());
    }
}
