package dev.mayfly.cli;

import java.time.Duration;
import java.util.List;

/**
 * What came of a case.
 *
 * @param suiteCase the case
 * @param mismatches what is not as expected; empty for one that passed
 * @param remarks what was hoped for and missed, and what runs did, a sentence each
 * @param log what functions logged
 * @param time all of it took
 */
record CaseResult(
        SuiteCase suiteCase,
        List<Mismatch> mismatches,
        List<String> remarks,
        List<String> log,
        Duration time) {
    CaseResult {
        mismatches = List.copyOf(mismatches);
        remarks = List.copyOf(remarks);
        log = List.copyOf(log);
    }

    boolean passed() {
        return mismatches.isEmpty();
    }
}
