package dev.mayfly.cli;

import dev.mayfly.cli.Mismatch.Line;

/** Tells a person of cases as they end, and of all of them at the end. */
final class SuiteReport {
    private static final String RED = "\033[31m";
    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String PLAIN = "\033[0m";

    private final Surroundings surroundings;
    private final boolean quiet;
    private String file = "";

    /**
     * @param quiet leaves out what passed
     */
    SuiteReport(Surroundings surroundings, boolean quiet) {
        this.surroundings = surroundings;
        this.quiet = quiet;
    }

    void tell(CaseResult result) {
        if (result.passed() && result.remarks().isEmpty() && quiet) {
            return;
        }
        SuiteCase each = result.suiteCase();
        if (!each.file().shown().equals(file)) {
            file = each.file().shown();
            say(surroundings.bold(file));
        }
        String time = "  " + Shown.time(result.time());
        String name = Visible.escaped(each.test().name());
        if (result.passed()) {
            say("  " + coloured(GREEN, "ok") + "    " + name + time);
        } else {
            say("  " + coloured(RED, "FAIL") + "  " + name + "  (" + each.place() + ")" + time);
        }
        result.mismatches().forEach(this::tell);
        if (!result.passed() && !result.log().isEmpty() && !tellsLog(result)) {
            tell(new Mismatch("log", "", RunCheck.lines(result.log())));
        }
        result.remarks()
                .forEach(remark -> say("        " + coloured(YELLOW, "note") + ": " + remark));
    }

    private static boolean tellsLog(CaseResult result) {
        return result.mismatches().stream().anyMatch(each -> each.subject().equals("log"));
    }

    private void tell(Mismatch mismatch) {
        say("        " + mismatch.subject() + ": " + mismatch.summary());
        mismatch.lines().forEach(line -> say("          " + marked(line)));
    }

    private String marked(Line line) {
        String text = line.kind().mark() + " " + line.text();
        return switch (line.kind()) {
            case EXPECTED -> coloured(GREEN, text);
            case CAME -> coloured(RED, text);
            case SAME, NOTE -> text;
        };
    }

    /** The last line. */
    void end(SuiteOutcome outcome) {
        String all =
                Count.of(outcome.results().size(), "case") + " in " + Shown.time(outcome.time());
        if (outcome.written() > 0) {
            say(Count.of(outcome.written(), "file") + " written");
        }
        say(
                outcome.failed() == 0
                        ? coloured(GREEN, "ok") + ": " + all
                        : coloured(RED, "FAILED") + ": " + outcome.failed() + " of " + all);
    }

    private String coloured(String colour, String text) {
        return surroundings.colours() ? colour + text + PLAIN : text;
    }

    private void say(String line) {
        surroundings.out().println(line.stripTrailing());
    }
}
