package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mayfly.gateway.TriedEvent;
import dev.mayfly.manifest.TestCase;
import dev.mayfly.manifest.TestCase.Output;
import dev.mayfly.manifest.TestCase.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares what came of a record with what a case expects; used once. */
final class RecordCheck {
    private final CaseFile file;
    private final TestCase.Expected expected;
    private final TriedEvent tried;
    private final Goldens goldens;
    private final List<Mismatch> mismatches = new ArrayList<>();

    /**
     * @param goldens written anew only by a run that is else as expected
     */
    RecordCheck(SuiteCase suiteCase, TriedEvent tried, Goldens goldens) {
        this.file = suiteCase.file();
        this.expected = suiteCase.test().expected();
        this.tried = tried;
        this.goldens = goldens;
    }

    List<Mismatch> mismatches() throws IOException {
        if (expected.exitCode().isEmpty() || tried.run().isEmpty()) {
            tried.failure()
                    .ifPresent(failure ->
                            mismatches.add(new Mismatch("record", Visible.escaped(failure))));
        }
        if (tried.run().isPresent()) {
            RunCheck run = new RunCheck(expected, tried.run().stream().toList(), tried.log());
            mismatches.addAll(run.mismatches());
        }
        if (expected.output().isPresent()) {
            output(expected.output().get());
        }
        return mismatches;
    }

    private void output(Output output) throws IOException {
        switch (output) {
            case Output.Nothing() ->
                    tried.produced()
                            .ifPresent(produced ->
                                    mismatches.add(
                                            new Mismatch(
                                                    "output",
                                                    produced.value().length
                                                            + " bytes (expected: none)")));
            case Output.Something something -> {
                if (tried.produced().isPresent()) {
                    compare(something, tried.produced().get());
                } else {
                    mismatches.add(new Mismatch("output", "none (expected: a record)"));
                }
            }
        }
    }

    private void compare(Output.Something something, TriedEvent.Produced produced)
            throws IOException {
        List<String> keys = produced.key().map(RecordCheck::text).stream().toList();
        something.key().ifPresent(wanted -> values("output.key", List.of(wanted), keys));
        something
                .headers()
                .forEach((name, wanted) ->
                        values("output.header " + name, wanted, headers(produced, name)));
        Goldens writable = mismatches.isEmpty() ? goldens : Goldens.KEPT;
        mismatches.addAll(
                new BytesCheck("output.value", file, produced.value(), "output.value", writable)
                        .compare(something.value(), something.matches()));
    }

    private void values(String subject, List<Wanted> wanted, List<String> came) {
        if (!Values.meet(wanted, came)) {
            mismatches.add(Values.mismatch(subject, wanted, came));
        }
    }

    private static List<String> headers(TriedEvent.Produced produced, String name) {
        return produced.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> Visible.ofOctets(header.value()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return Visible.ofOctets(new String(bytes, ISO_8859_1));
    }
}
