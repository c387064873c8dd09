package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.List;

/** Problems as they are found; owned by the thread that reads one manifest. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    /** Which rule was broken. */
    enum Kind {
        /** A key that must be there is not, or none of several. The JSON Schema says so too. */
        MISSING,
        /** A value or a key that the JSON Schema refuses too. */
        SHAPE,
        /** A rule that a JSON Schema cannot say. */
        BEYOND_SCHEMA
    }

    /** One problem and its kind. */
    record Finding(Kind kind, Problem problem) {}

    void add(Kind kind, Problem problem) {
        found.add(new Finding(kind, problem));
    }

    void add(Kind kind, Place place, KeyPath path, String message, String mend) {
        add(kind, Problem.of(place, path.text(), message, mend));
    }

    int count() {
        return found.size();
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    /** {@return the problems, by place} */
    List<Problem> problems() {
        return found.stream().map(Finding::problem).sorted(Problem.BY_PLACE).toList();
    }
}
