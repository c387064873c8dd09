package dev.mayfly.cli;

import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import dev.mayfly.gateway.Tried;
import dev.mayfly.manifest.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares what functions did, whatever they answered, with what a case expects.
 *
 * @param expected by the case
 * @param runs in order
 * @param log lines of standard error
 */
record RunCheck(TestCase.Expected expected, List<Tried.Run> runs, List<String> log) {
    private static final int SHOWN_LINES = 20;

    List<Mismatch> mismatches() {
        List<Mismatch> mismatches = new ArrayList<>();
        expected.exitCode().ifPresent(wanted -> exitCode(wanted, mismatches));
        expected.log().forEach(pattern -> log(pattern, mismatches));
        return mismatches;
    }

    private void exitCode(int wanted, List<Mismatch> mismatches) {
        if (runs.isEmpty()) {
            mismatches.add(
                    new Mismatch(
                            "exit_code",
                            "no function ran (expected: one that exits with " + wanted + ")"));
            return;
        }
        Tried.Run last = runs.getLast();
        if (last.exitCode().isEmpty() || last.exitCode().getAsInt() != wanted) {
            mismatches.add(
                    new Mismatch(
                            "exit_code",
                            Visible.escaped(last.function() + " " + last.ending())
                                    + " (expected: exited with "
                                    + wanted
                                    + ")"));
        }
    }

    private void log(Pattern pattern, List<Mismatch> mismatches) {
        if (log.stream().noneMatch(line -> Patterns.find(pattern, line))) {
            String summary = "no line matches " + Visible.quoted(pattern.pattern());
            mismatches.add(new Mismatch("log", summary, lines(log)));
        }
    }

    /** {@return the last lines of a log} */
    static List<Line> lines(List<String> log) {
        if (log.isEmpty()) {
            return List.of(new Line(Kind.NOTE, "(nothing was logged)"));
        }
        List<Line> lines = new ArrayList<>();
        if (log.size() > SHOWN_LINES) {
            lines.add(new Line(Kind.NOTE, "…"));
        }
        log.subList(Math.max(0, log.size() - SHOWN_LINES), log.size())
                .forEach(line ->
                        lines.add(new Line(Kind.CAME, Visible.escaped(Visible.around(line, 0)))));
        return lines;
    }
}
