package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.util.List;

/** What came of a change of what is served. */
public sealed interface ServeResult {
    /**
     * It is served from the next request on; what it replaced finishes its requests.
     *
     * @param routes of the apps of the change, best match first
     */
    record Served(List<RouteRow> routes) implements ServeResult {
        /** Copies the list in. */
        public Served {
            routes = List.copyOf(routes);
        }
    }

    /**
     * Nothing changed: what was served is served on.
     *
     * @param problems all that could be found
     */
    record Refused(List<Problem> problems) implements ServeResult {
        /** Copies the list in. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
