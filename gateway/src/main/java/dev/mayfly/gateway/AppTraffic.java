package dev.mayfly.gateway;

import java.util.List;

/**
 * Who answers the requests of an app: one revision, or several that share them.
 *
 * @param app the app's name
 * @param shares together 100 percent, each revision once
 */
public record AppTraffic(String app, List<Share> shares) {
    private static final int WHOLE = 100;

    /**
     * One revision's share.
     *
     * @param app the revision
     * @param percent of the app's requests, 1 to 100
     */
    public record Share(PreparedApp app, int percent) {
        /** Refuses shares of nothing. */
        public Share {
            if (percent < 1 || percent > WHOLE) {
                throw new IllegalArgumentException("percent: " + percent + " (expected: 1 to 100)");
            }
        }
    }

    /** Refuses shares of another app, of one revision twice, and those that are not the whole. */
    public AppTraffic {
        shares = List.copyOf(shares);
        String name = app;
        long revisions =
                shares.stream().mapToLong(share -> share.app().revision()).distinct().count();
        int sum = shares.stream().mapToInt(Share::percent).sum();
        if (sum != WHOLE
                || revisions != shares.size()
                || shares.stream().anyMatch(share -> !share.app().app().equals(name))) {
            throw new IllegalArgumentException(
                    "shares: "
                            + shares
                            + " (expected: revisions of "
                            + app
                            + ", each once, 100 %)");
        }
    }

    /**
     * {@return all requests of an app for one revision}
     *
     * @param app the revision
     */
    public static AppTraffic whole(PreparedApp app) {
        return new AppTraffic(app.app(), List.of(new Share(app, WHOLE)));
    }
}
