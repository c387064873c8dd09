package dev.mayfly.registry;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an app is set to.
 *
 * @param name the app
 * @param version grows with every change of the app, its variables included: what {@code If-Match}
 *     compares
 * @param live the revision that answers, or most of the traffic; 0 before the first deploy and
 *     after the app is deleted
 * @param traffic percent by revision, summing to 100; empty while nothing is live
 */
public record AppState(String name, long version, int live, SortedMap<Integer, Integer> traffic) {
    /** Copies the map in. */
    public AppState {
        traffic = Collections.unmodifiableSortedMap(new TreeMap<>(traffic));
    }
}
