package dev.mayfly.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person, or a program, is told of a machine.
 *
 * @param surroundings where the person is
 * @param checkup what was found
 * @param app its app.toml, if there is one
 * @param needs by tool, what of the app takes it
 */
record DoctorReport(
        Surroundings surroundings,
        Checkup checkup,
        Optional<String> app,
        Map<Tool, Set<String>> needs) {
    /** {@return whether all is there that the app takes} */
    boolean isWell() {
        return wanting().isEmpty();
    }

    private List<ToolState> wanting() {
        return checkup.states().values().stream()
                .filter(state -> needs.containsKey(state.tool()) && !state.isOk())
                .toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (app.isPresent() && needs.isEmpty()) {
            text.append(app.get()).append(" names no build: it takes no tools\n\n");
        } else if (app.isPresent()) {
            text.append(table(true).text("")).append('\n');
        }
        text.append(table(false).text("nothing else is looked for"));
        List<ToolState> wanting = wanting();
        if (!wanting.isEmpty()) {
            text.append("\nmissing for ").append(app.orElse("the app")).append(":\n");
            for (ToolState state : wanting) {
                text.append("  ")
                        .append(state.tool().shown())
                        .append(": ")
                        .append(state.detail())
                        .append("\n    ")
                        .append(checkup.remedy().of(state))
                        .append('\n');
            }
        } else if (app.isPresent()) {
            text.append("\nnothing is missing for ").append(app.get()).append('\n');
        }
        return text.toString();
    }

    /** What the app takes, or the rest. */
    private Table table(boolean needed) {
        Table table =
                needed
                        ? new Table(surroundings, "", "what the app takes", "version", "for")
                        : new Table(surroundings, "", "on this machine", "version", "where");
        for (ToolState state : checkup.states().values()) {
            if (needs.containsKey(state.tool()) == needed) {
                table.row(
                        mark(state, needed),
                        state.tool().shown(),
                        state.version().isEmpty() ? "-" : state.version(),
                        needed
                                ? String.join(", ", needs.getOrDefault(state.tool(), Set.of()))
                                : state.detail());
            }
        }
        return table;
    }

    private static String mark(ToolState state, boolean needed) {
        return switch (state.kind()) {
            case OK -> "ok";
            case MISSING -> needed ? "missing" : "-";
            case OLD -> "too old";
            case BROKEN -> "broken";
        };
    }

    /** {@return the same for a program} */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("system", checkup.system().name().toLowerCase(Locale.ROOT));
        facts.put("app", app.orElse(null));
        facts.put("ok", isWell());
        List<Map<String, Object>> tools = new ArrayList<>();
        for (ToolState state : checkup.states().values()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("tool", state.tool().shown());
            each.put("state", state.kind().name().toLowerCase(Locale.ROOT));
            each.put("version", state.version());
            each.put("detail", state.detail());
            each.put("needed_by", List.copyOf(needs.getOrDefault(state.tool(), Set.of())));
            each.put("mend", state.isOk() ? "" : checkup.remedy().of(state));
            tools.add(each);
        }
        facts.put("tools", tools);
        return facts;
    }
}
