package dev.mayfly.http;

import java.util.List;

/**
 * Chooses which revision of an app answers a request: by a key, the same for the same key.
 *
 * <p>The newest revision is asked first whether it takes the key, then the next older one, and the
 * oldest takes what is left. Each asks a hash of the key and its own number, and takes the percents
 * it has of those that are left:
 *
 * <pre>
 *   5: 10 %     takes 10 of 100          ──► 5
 *   4: 60 %     takes 60 of the other 90 ──► 4
 *   3: 30 %                              ──► 3
 * </pre>
 *
 * Since no revision's hash knows of the others, a revision whose share grows takes keys from older
 * ones and gives none back: during a rollout no caller changes from the newer revision to the
 * older. And a third revision that joins two leaves everybody it does not take where they were.
 *
 * @param app whose requests are shared
 * @param parts newest first
 */
record Split(String app, List<Part> parts) {
    /**
     * One revision.
     *
     * @param note for requests that none of its routes takes
     * @param percent of the requests
     * @param routes its own
     */
    record Part(RouteNote note, int percent, Router routes) {}

    /** Copies the list in. */
    Split {
        parts = List.copyOf(parts);
    }

    /** {@return the revision that answers (request path)} */
    Part choose(long key) {
        int left = 100;
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            Part part = parts.get(i);
            if (point(key, part.note().revision(), left) < part.percent()) {
                return part;
            }
            left -= part.percent();
        }
        return parts.get(last);
    }

    /** {@return where the key falls for a revision, from 0 to below {@code points}} */
    private static long point(long key, long revision, int points) {
        return Math.unsignedMultiplyHigh(mixed(key ^ mixed(revision)), points);
    }

    /** {@return the key of a text; of the same text in two apps two keys that tell nothing} */
    long key(CharSequence text) {
        long hash = mixed(app.hashCode());
        for (int i = 0; i < text.length(); i++) {
            hash = 0x100000001b3L * (hash ^ text.charAt(i));
        }
        return mixed(hash);
    }

    /** Spreads what differs in a few bits over all of them (the finaliser of SplitMix64). */
    private static long mixed(long bits) {
        long hash = bits + 0x9e3779b97f4a7c15L;
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
