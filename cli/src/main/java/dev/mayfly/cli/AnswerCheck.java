package dev.mayfly.cli;

import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import dev.mayfly.gateway.TrialRequest.Field;
import dev.mayfly.gateway.Tried;
import dev.mayfly.manifest.TestCase;
import dev.mayfly.manifest.TestCase.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares what came of a request with what a case expects; used once. */
final class AnswerCheck {
    private static final int MOST_LOG_LINES = 20;

    private final CaseFile file;
    private final TestCase.Expected expected;
    private final Tried tried;
    private final List<Mismatch> mismatches = new ArrayList<>();

    AnswerCheck(SuiteCase suiteCase, Tried tried) {
        this.file = suiteCase.file();
        this.expected = suiteCase.test().expected();
        this.tried = tried;
    }

    List<Mismatch> mismatches() throws IOException {
        status();
        expected.answer().fields().forEach(this::field);
        mismatches.addAll(
                new BytesCheck("body", file, tried.body())
                        .compare(expected.answer().body(), expected.answer().matches()));
        expected.exitCode().ifPresent(this::exitCode);
        log();
        return mismatches;
    }

    private void status() {
        Optional<Integer> status = expected.answer().status();
        boolean met = status.map(wanted -> wanted == tried.status()).orElse(tried.status() < 500);
        if (!met) {
            String wanted = status.map(String::valueOf).orElse("below 500");
            List<Line> lines = new ArrayList<>();
            tried.failures()
                    .forEach(failure -> lines.add(new Line(Kind.NOTE, Visible.escaped(failure))));
            mismatches.add(
                    new Mismatch("status", tried.status() + " (expected: " + wanted + ")", lines));
        }
    }

    private void field(String name, List<Wanted> wanted) {
        List<String> came = new ArrayList<>();
        for (Field field : tried.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                came.add(Visible.ofOctets(field.value()));
            }
        }
        if (!Values.meet(wanted, came)) {
            mismatches.add(Values.mismatch("header " + name, wanted, came));
        }
    }

    private void exitCode(int wanted) {
        if (tried.runs().isEmpty()) {
            mismatches.add(
                    new Mismatch(
                            "exit_code",
                            "no function ran (expected: one that exits with " + wanted + ")"));
            return;
        }
        Tried.Run last = tried.runs().getLast();
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

    private void log() {
        for (Pattern pattern : expected.log()) {
            if (tried.log().stream().noneMatch(line -> Patterns.find(pattern, line))) {
                mismatches.add(
                        new Mismatch(
                                "log",
                                "no line matches " + Visible.quoted(pattern.pattern()),
                                lines(tried.log())));
            }
        }
    }

    /** {@return the last lines of a log} */
    static List<Line> lines(List<String> log) {
        if (log.isEmpty()) {
            return List.of(new Line(Kind.NOTE, "(nothing was logged)"));
        }
        List<Line> lines = new ArrayList<>();
        if (log.size() > MOST_LOG_LINES) {
            lines.add(new Line(Kind.NOTE, "…"));
        }
        log.subList(Math.max(0, log.size() - MOST_LOG_LINES), log.size())
                .forEach(line ->
                        lines.add(new Line(Kind.CAME, Visible.escaped(Visible.around(line, 0)))));
        return lines;
    }
}
