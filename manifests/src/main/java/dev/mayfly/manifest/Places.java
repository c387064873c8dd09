package dev.mayfly.manifest;

import java.util.Map;

/**
 * Where each key of a manifest is written, so that problems found long after parsing still point
 * into the file. Any two are equal: where a thing is written is no part of what it says, and two
 * manifests that differ in white space only are the same manifest.
 *
 * @param byKey places by dotted key, {@code trigger.http[0].route}; only keys that are written
 */
public record Places(Map<String, Place> byKey) {
    /** Of a manifest that was never a file. */
    public static final Places NONE = new Places(Map.of());

    /** Copies the map in. */
    public Places {
        byKey = Map.copyOf(byKey);
    }

    /**
     * {@return the place of {@code key} or of the nearest table around it}
     *
     * @param key a dotted key
     */
    public Place of(String key) {
        Place exact = byKey.get(key);
        if (exact != null) {
            return exact;
        }
        int end = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
        return end < 0 ? Place.UNKNOWN : of(key.substring(0, end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Places;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
