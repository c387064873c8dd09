package dev.mayfly.manifest;

import java.util.List;

/**
 * An app.toml made from another platform's file.
 *
 * @param toml the text, valid
 * @param notCarriedOver what could not be carried over, each a sentence
 */
public record Imported(String toml, List<String> notCarriedOver) {
    /** Copies the list in. */
    public Imported {
        notCarriedOver = List.copyOf(notCarriedOver);
    }
}
