package dev.mayfly.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where revisions come from that somebody wants to see before they are served. */
@FunctionalInterface
public interface RevisionFinder {
    /** Finds none. */
    RevisionFinder NONE = wish -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Called on an event loop: never blocks.
     *
     * @param wish what is asked for, and with what right
     * @return the table of that revision alone; empty if there is none or the token does not allow
     *     it, which the caller cannot tell apart
     */
    CompletionStage<Optional<RouteTable>> find(RevisionWish wish);
}
