package dev.mayfly.gateway;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where revisions come from that somebody wants to see before they are served. */
@FunctionalInterface
public interface Previews {
    /** Finds none. */
    Previews NONE = wish -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Called on an event loop: never blocks. The request is held meanwhile, up to 30 seconds; at
     * most 64 are.
     *
     * @param wish what is asked for, and with what right
     * @return the revision, open as long as it may be asked for; empty if there is none or the
     *     token does not allow it, which the caller cannot tell apart
     */
    CompletionStage<Optional<PreparedApp>> find(PreviewWish wish);
}
