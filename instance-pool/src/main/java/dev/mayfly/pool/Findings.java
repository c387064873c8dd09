package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;

/** What a load found, as it goes; one thread at a time. */
final class Findings {
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Something that keeps the module from being run, with the mend. */
    void problem(String sentence) {
        problems.add(Printable.sentence(sentence));
    }

    /** Something its owner should know. */
    void warning(String sentence) {
        warnings.add(Printable.sentence(sentence));
    }

    boolean refused() {
        return !problems.isEmpty();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
