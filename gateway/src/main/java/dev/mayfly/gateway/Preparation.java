package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.util.List;

/** What came of preparing a revision. */
public sealed interface Preparation {
    /**
     * It may be served.
     *
     * @param app the revision; to be served, or closed
     * @param routes its routes, best match first
     * @param warnings for the owner, each a sentence
     */
    record Prepared(PreparedApp app, List<RouteRow> routes, List<String> warnings)
            implements Preparation {
        /** Copies the lists in. */
        public Prepared {
            routes = List.copyOf(routes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It may not; nothing of it is left.
     *
     * @param problems all that could be found; a route that another app has is one of key {@code
     *     trigger.http.route}
     */
    record Refused(List<Problem> problems) implements Preparation {
        /** Copies the list in. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
