package dev.mayfly.cli;

import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.util.List;

/**
 * Ends a command that cannot do what was asked, with the three things a person needs: what was
 * tried and why it failed (the message), and what to do (the mend).
 */
final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String mend;
    private final Exit exit;
    private final String file;
    private final transient List<Problem> problems;

    StoppedException(Exit exit, String message, String mend) {
        this(exit, message, mend, "", List.of());
    }

    private StoppedException(
            Exit exit, String message, String mend, String file, List<Problem> problems) {
        super(message);
        this.mend = mend;
        this.exit = exit;
        this.file = file;
        this.problems = List.copyOf(problems);
    }

    /**
     * {@return the same for a manifest that is not valid}
     *
     * @param message what was tried
     * @param mend what to do
     * @param file the manifest, as a person here would write it
     * @param problems all of it
     */
    static StoppedException invalid(
            String message, String mend, String file, List<Problem> problems) {
        return new StoppedException(Exit.INVALID, message, mend, file, problems);
    }

    String mend() {
        return mend;
    }

    Exit exit() {
        return exit;
    }

    String file() {
        return file;
    }

    List<Problem> problems() {
        return problems;
    }
}
