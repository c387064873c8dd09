package dev.mayfly.registry;

import dev.mayfly.manifest.Problem;
import java.util.List;
import java.util.Set;

/** How a change of an app ended. Only {@link Done} changed anything. */
public sealed interface ChangeResult {
    /**
     * It is committed: whoever asks from now on sees it.
     *
     * @param state the app afterwards
     * @param revision the one it was about; 0 for none
     * @param replayed whether an earlier change under the same idempotency key is answered; the
     *     state is today's
     */
    record Done(AppState state, int revision, boolean replayed) implements ChangeResult {}

    /**
     * The app is that already.
     *
     * @param state the app
     */
    record Unchanged(AppState state) implements ChangeResult {}

    /**
     * No such app, revision, variable or secret.
     *
     * @param what what is missing, for the caller
     */
    record NotFound(String what) implements ChangeResult {}

    /**
     * The app is at another version than the intent says.
     *
     * @param version where it is; 0 when there is no such app
     */
    record Stale(long version) implements ChangeResult {}

    /**
     * Other apps have its routes.
     *
     * @param clashes each of them, at least one
     */
    record RoutesTaken(List<Clash> clashes) implements ChangeResult {
        /** Copies the list in. */
        public RoutesTaken {
            clashes = List.copyOf(clashes);
        }
    }

    /**
     * Artifacts are not stored, or not whole.
     *
     * @param digests of these
     */
    record ArtifactsMissing(Set<Digest> digests) implements ChangeResult {
        /** Copies the set in. */
        public ArtifactsMissing {
            digests = Set.copyOf(digests);
        }
    }

    /**
     * The manifest cannot be read, or not be resolved with the app's variables.
     *
     * @param problems every one
     */
    record Invalid(List<Problem> problems) implements ChangeResult {
        /** Copies the list in. */
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The idempotency key was used for another request.
     *
     * @param key the key
     */
    record KeyReused(String key) implements ChangeResult {}
}
