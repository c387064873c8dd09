package dev.mayfly.registry;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Percentages of traffic by revision. */
final class Shares {
    private Shares() {}

    /** Refuses what does not sum to 100; leaves out revisions that get nothing. */
    static NavigableMap<Integer, Integer> checked(Map<Integer, Integer> percent) {
        TreeMap<Integer, Integer> shares = new TreeMap<>(percent);
        shares.values().removeIf(share -> share == 0);
        long sum = shares.values().stream().mapToLong(Integer::longValue).sum();
        if (sum != 100 || shares.values().stream().anyMatch(share -> share < 0)) {
            throw new IllegalArgumentException(
                    "traffic: " + percent + " (expected: percentages that sum to 100)");
        }
        return shares;
    }

    /** The one with the most; among equals the live one, else the newest. */
    static int leader(NavigableMap<Integer, Integer> shares, int live) {
        int most = Collections.max(shares.values());
        return shares.getOrDefault(live, 0) == most ? live : newestWith(most, shares);
    }

    private static int newestWith(int percent, NavigableMap<Integer, Integer> shares) {
        return shares.descendingMap().entrySet().stream()
                .filter(share -> share.getValue() == percent)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** A newcomer takes its part, the live one has the rest. */
    static NavigableMap<Integer, Integer> beside(int live, int newcomer, int percent) {
        TreeMap<Integer, Integer> shares = new TreeMap<>();
        shares.put(newcomer, percent);
        if (percent < 100) {
            shares.put(live, 100 - percent);
        }
        return shares;
    }
}
