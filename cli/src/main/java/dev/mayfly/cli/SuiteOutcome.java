package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All cases at their end.
 *
 * @param app its name
 * @param results in the order they were told
 * @param time all took, the app's load with it
 * @param written files of what is expected that were written anew
 */
record SuiteOutcome(String app, List<CaseResult> results, Duration time, int written) {
    SuiteOutcome {
        results = List.copyOf(results);
    }

    int failed() {
        return (int) results.stream().filter(result -> !result.passed()).count();
    }

    /** {@return the outcome for programs} */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("app", app);
        facts.put("cases", results.size());
        facts.put("failed", failed());
        facts.put("milliseconds", millis(time));
        facts.put("written", written);
        List<Map<String, Object>> each = new ArrayList<>();
        results.forEach(result -> each.add(facts(result)));
        facts.put("results", each);
        return facts;
    }

    private static Map<String, Object> facts(CaseResult result) {
        SuiteCase suiteCase = result.suiteCase();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", suiteCase.file().shown());
        facts.put("line", suiteCase.file().tests().place(suiteCase.index(), "name").line());
        facts.put("name", suiteCase.test().name());
        facts.put("passed", result.passed());
        facts.put("milliseconds", millis(result.time()));
        facts.put("mismatches", result.mismatches().stream().map(Mismatch::text).toList());
        facts.put("remarks", result.remarks());
        facts.put("log", result.log());
        return facts;
    }

    private static double millis(Duration time) {
        long micros = time.toNanos() / 1000;
        return micros / 1000.0;
    }

    /** Writes it where CI systems look for it. */
    void writeJunit(Path file) throws IOException {
        WholeFile.write(file, JunitReport.of(app, results, time));
    }
}
