package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tables of another platform's file: wrong types are problems, unknown keys are notes. */
final class ForeignFile {
    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        problems.sort(Problem.BY_PLACE);
        return List.copyOf(problems);
    }

    void problem(Place place, KeyPath path, String message, String mend) {
        problems.add(Problem.of(place, path.text(), message, mend));
    }

    /** {@return the text at {@code key}; a problem if there is none} */
    Optional<String> required(Node.Table table, String key, KeyPath path) {
        Optional<Node> node = table.find(key);
        if (node.isEmpty()) {
            problem(table.place(), path.key(key), "is missing (expected: text)", "add it");
        }
        return text(table, key, path);
    }

    /** {@return the text at {@code key} if there is any; a problem if it is something else} */
    Optional<String> text(Node.Table table, String key, KeyPath path) {
        Optional<Node> node = table.find(key);
        Optional<String> text = table.text(key);
        if (node.isPresent() && text.isEmpty()) {
            String message = Shown.of(node.get()) + " is not text (expected: text)";
            problem(node.get().place(), path.key(key), message, "write text in double quotes");
        }
        return text;
    }

    /** Notes every key that is not known. */
    static void noteOthers(Node.Table table, Set<String> known, String where, ImportNotes notes) {
        table.entries().keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        notes.add(
                                "The key %s of %s is left out: there is nothing like it."
                                        .formatted(KeyPath.quoted(key), where)));
    }
}
