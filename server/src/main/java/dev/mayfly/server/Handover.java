package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Registry;
import java.time.Duration;
import java.util.List;

/** From a commit to this gateway's switch: what was prepared for it is not prepared again. */
final class Handover {
    /** A switch of what is prepared takes milliseconds; behind others of the app, more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Registry registry;
    private final Replica replica;

    Handover(Registry registry, Replica replica) {
        this.registry = registry;
        this.replica = replica;
    }

    /**
     * Brings the app to what was committed; blocks.
     *
     * @param app which
     * @param prepared taken over: served, or closed
     * @return number of the last change that is served
     */
    long settle(String app, List<LoadedRevision> prepared) {
        AppTrack track = replica.track(app);
        track.offer(prepared);
        long number = registry.number();
        track.poke(number);
        if (track.await(number, PATIENCE)) {
            track.retract(prepared);
        }
        return number;
    }

    /** {@return why this gateway does not serve what was committed; empty when it does} */
    List<String> complaints(String app) {
        return replica.problems(app).stream()
                .map(Problem::message)
                .map(message -> "committed, but not served by this gateway yet: " + message)
                .toList();
    }
}
