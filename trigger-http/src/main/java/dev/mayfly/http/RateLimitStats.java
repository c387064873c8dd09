package dev.mayfly.http;

import dev.mayfly.manifest.HttpRoute.RateLimit;

/**
 * The rate limit of a route at one moment; the counters rise as long as the limit stays the same.
 *
 * @param app the app's name
 * @param route the route as written
 * @param limit as declared
 * @param passed requests that were within it
 * @param refused requests that were answered 429
 * @param callers that it remembers
 */
public record RateLimitStats(
        String app, String route, RateLimit limit, long passed, long refused, long callers) {}
