package dev.mayfly.manifest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an import could not carry over: each sentence once, in the order it was found. */
final class ImportNotes {
    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
