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

/** Compares what came of a request with what a case expects; used once. */
final class AnswerCheck {
    private final CaseFile file;
    private final TestCase.Expected expected;
    private final Tried tried;
    private final Goldens goldens;
    private final List<Mismatch> mismatches = new ArrayList<>();

    /**
     * @param goldens written anew only by an answer that is else as expected
     */
    AnswerCheck(SuiteCase suiteCase, Tried tried, Goldens goldens) {
        this.file = suiteCase.file();
        this.expected = suiteCase.test().expected();
        this.tried = tried;
        this.goldens = goldens;
    }

    List<Mismatch> mismatches() throws IOException {
        status();
        expected.answer().fields().forEach(this::field);
        int head = mismatches.size();
        RunCheck runs = new RunCheck(expected, tried.runs(), tried.log());
        mismatches.addAll(runs.mismatches());
        Goldens writable = mismatches.isEmpty() ? goldens : Goldens.KEPT;
        mismatches.addAll(
                head,
                new BytesCheck("body", file, tried.body(), "body", writable)
                        .compare(expected.answer().body(), expected.answer().matches()));
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
}
