package dev.mayfly.cli;

import dev.mayfly.manifest.Problem;
import java.util.List;

/**
 * Prints what is wrong with a file the way compilers do, so that editors and terminals link to it:
 *
 * <pre>
 * shop/app.toml:12:1: function.hello.limits.memory: 0B (expected: at least 64KiB)
 *     write a size such as 64MiB
 * </pre>
 */
final class ProblemReport {
    private final Surroundings surroundings;

    ProblemReport(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void print(String shown, List<Problem> problems) {
        for (Problem problem : problems) {
            surroundings
                    .err()
                    .println(shown + place(problem) + ": " + subject(problem) + problem.message());
            if (!problem.mend().isEmpty()) {
                surroundings.err().println("    " + problem.mend());
            }
        }
        surroundings.err().println(Count.of(problems.size(), "problem") + " in " + shown);
    }

    private static String place(Problem problem) {
        if (problem.line() == 0) {
            return "";
        }
        return ":" + problem.line() + (problem.column() == 0 ? "" : ":" + problem.column());
    }

    private static String subject(Problem problem) {
        return problem.key().isEmpty() ? "" : problem.key() + ": ";
    }
}
