package dev.mayfly.cli;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers results and tells of each. Whoever ends the process meanwhile, with Ctrl-C mostly, is
 * told how far it came; {@link #close} ends that. Belongs to the command's thread.
 */
final class SuiteProgress implements AutoCloseable {
    private final Surroundings surroundings;
    private final boolean tells;
    private final SuiteReport report;
    private final long begun = System.nanoTime();
    private final int expected;
    private final List<CaseResult> results = new ArrayList<>();
    private volatile int done;
    private final AtExit onExit;

    /**
     * @param tells whether each is told of as it ends
     * @param quiet leaves out what passed
     */
    SuiteProgress(
            Surroundings surroundings, List<SuitePlan.Group> groups, boolean tells, boolean quiet)
            throws InterruptedIOException {
        this.surroundings = surroundings;
        this.tells = tells;
        report = new SuiteReport(surroundings, quiet);
        expected = groups.stream().mapToInt(group -> group.cases().size()).sum();
        onExit = AtExit.begin("mayfly-test-exit", this::interrupted);
    }

    private void interrupted() {
        surroundings
                .err()
                .println("mayfly test: ended after " + done + " of " + Count.of(expected, "case"));
    }

    void warn(String warning) {
        surroundings.err().println("warning: " + warning);
    }

    void take(CaseResult result) {
        results.add(result);
        done = results.size();
        if (tells) {
            report.tell(result);
        }
    }

    SuiteOutcome end(String app, Goldens goldens) {
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        SuiteOutcome outcome = new SuiteOutcome(app, results, time, goldens.written());
        if (tells) {
            report.end(outcome);
        }
        return outcome;
    }

    @Override
    public void close() {
        onExit.callOff(); // or the process ends already, and tells so
    }
}
