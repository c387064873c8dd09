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
        problems.forEach(problem -> print(shown, problem));
        surroundings.err().println(Count.of(problems.size(), "problem") + " in " + shown);
    }

    /** Settings come from many places: only what is in the file is said to be in it. */
    void printSettings(String file, List<Problem> problems) {
        problems.forEach(problem -> print(problem.line() == 0 ? "settings" : file, problem));
        surroundings.err().println(Count.of(problems.size(), "problem") + " in settings");
    }

    /** What stops nothing. */
    void warn(List<Problem> warnings) {
        warnings.forEach(warning -> print("warning", warning));
    }

    private void print(String shown, Problem problem) {
        surroundings
                .err()
                .println(shown + place(problem) + ": " + subject(problem) + problem.message());
        if (!problem.mend().isEmpty()) {
            surroundings.err().println("    " + problem.mend());
        }
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
