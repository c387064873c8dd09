package dev.mayfly.registry;

import java.util.List;

/**
 * All that a gateway serves, at one moment.
 *
 * @param number of the last change it contains: follow the changes from here
 * @param apps those with something live
 */
public record LiveState(long number, List<LiveApp> apps) {
    /** Copies the list in. */
    public LiveState {
        apps = List.copyOf(apps);
    }
}
