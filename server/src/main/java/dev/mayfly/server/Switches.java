package dev.mayfly.server;

import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import java.util.Map;
import java.util.Set;

/**
 * Changes of what is served, besides a deploy. Each is prepared here before it is committed, and
 * switched here before it returns; what cannot be prepared is {@link ChangeResult.Invalid}. Blocks;
 * throws {@link dev.mayfly.registry.UnavailableException}.
 */
interface Switches {
    /** Gives all traffic to a revision. */
    ChangeResult activate(String app, int revision, Intent intent);

    /** Gives all traffic to the newest revision before the live one that was live once. */
    ChangeResult rollback(String app, Intent intent);

    /** Splits the traffic; the percentages sum to 100. */
    ChangeResult split(String app, Map<Integer, Integer> percent, Intent intent);

    /** Deletes an app. */
    ChangeResult delete(String app, Intent intent);

    /** Sets variables that may be shown and removes others, in one change. */
    ChangeResult set(String app, Map<String, String> values, Set<String> remove, Intent intent);

    /** Sets secrets and removes others, in one change. */
    ChangeResult setSecrets(
            String app, Map<String, String> values, Set<String> remove, Intent intent);
}
