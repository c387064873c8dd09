package dev.mayfly.registry;

import java.util.List;

/**
 * An app with the revisions that have traffic.
 *
 * @param state what it is set to
 * @param revisions one for each of the state's traffic, by number
 */
public record LiveApp(AppState state, List<Revision> revisions) {
    /** Copies the list in. */
    public LiveApp {
        revisions = List.copyOf(revisions);
    }
}
