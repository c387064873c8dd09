package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code [[trigger.http]]}.
 *
 * @param route the pattern
 * @param methods as listed; empty for all
 * @param hosts lower-case, exact or {@code *.suffix}; empty for any
 * @param isPrivate answers 404 from outside
 * @param target what answers
 * @param rateLimit if any
 * @param sticky {@code cookie} or {@code header:<name>}
 * @param cors which pages of other sites may use it, if any
 */
public record HttpRoute(
        RoutePattern route,
        List<String> methods,
        List<String> hosts,
        boolean isPrivate,
        Target target,
        Optional<RateLimit> rateLimit,
        Optional<String> sticky,
        Optional<Cors> cors) {
    /** Copies the lists in. */
    public HttpRoute {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
    }

    /** What answers a route. */
    public sealed interface Target {
        /**
         * A function of the same app.
         *
         * @param name its name
         */
        record ToFunction(String name) implements Target {}

        /**
         * A fixed answer; no guest runs.
         *
         * @param status 200 to 599
         * @param headers name and value, in file order
         * @param body UTF-8
         */
        record StaticResponse(int status, Map<String, String> headers, String body)
                implements Target {
            /** Copies the map in, order kept. */
            public StaticResponse {
                headers = Ordered.copy(headers);
            }
        }

        /**
         * Files served by the gateway.
         *
         * @param source folder, relative to app.toml
         * @param fallback file for paths that match none, with status 200
         * @param notFound file for paths that match none, with status 404
         * @param cacheControl value of {@code Cache-Control}
         */
        record Files(
                String source,
                Optional<String> fallback,
                Optional<String> notFound,
                Optional<String> cacheControl)
                implements Target {}
    }

    /**
     * Which pages of other sites may use a route, and how (the Fetch standard's CORS protocol).
     *
     * @param origins as browsers write them, or {@code *} alone for all
     * @param methods they may use; empty for those of the route
     * @param headers they may set beside those any page may; {@code *} for all
     * @param expose answer headers they may read beside those any page may; {@code *} for all
     * @param credentials whether cookies and HTTP authentication go along; never with a {@code *}
     * @param maxAge how long a browser need not ask again
     */
    public record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> expose,
            boolean credentials,
            Optional<Duration> maxAge) {
        /** Copies the lists in. */
        public Cors {
            origins = List.copyOf(origins);
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
            expose = List.copyOf(expose);
        }
    }

    /**
     * At most so many requests in a time.
     *
     * @param requests at least 1
     * @param per the time
     * @param by {@code ip} or {@code header:<name>}
     */
    public record RateLimit(int requests, Duration per, String by) {}
}
