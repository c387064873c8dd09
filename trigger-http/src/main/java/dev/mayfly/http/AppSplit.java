package dev.mayfly.http;

import java.util.Comparator;
import java.util.List;

/**
 * What is served of one app: a revision, or several that share its requests.
 *
 * @param shares at least one, together 100 percent; kept with the newest revision first
 */
public record AppSplit(List<Share> shares) {
    private static final int WHOLE = 100;

    /**
     * One revision's share.
     *
     * @param routes the revision
     * @param percent of the app's requests
     * @param answers counts the revision's answers while it shares requests with another
     */
    public record Share(AppRoutes routes, int percent, AnswerCount answers) {}

    /** Refuses shares that are not the whole. */
    public AppSplit {
        shares =
                shares.stream()
                        .sorted(
                                Comparator.comparingLong((Share share) -> share.routes().revision())
                                        .reversed())
                        .toList();
        int sum = shares.stream().mapToInt(Share::percent).sum();
        if (sum != WHOLE) {
            throw new IllegalArgumentException("percent: " + sum + " (expected: 100 together)");
        }
    }

    /**
     * {@return an app of one revision, whose answers nobody counts}
     *
     * @param routes the revision
     */
    public static AppSplit whole(AppRoutes routes) {
        return new AppSplit(List.of(new Share(routes, WHOLE, status -> {})));
    }
}
