package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.util.List;

/** What came of a deploy. */
public sealed interface DeployResult {
    /**
     * The app is served; what it replaced finishes its requests.
     *
     * @param routes the app's routes, best match first
     * @param warnings for the owner, each a sentence
     */
    record Deployed(List<RouteRow> routes, List<String> warnings) implements DeployResult {
        /** Copies the lists in. */
        public Deployed {
            routes = List.copyOf(routes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Nothing changed: what was served is served on.
     *
     * @param problems all that could be found
     */
    record Refused(List<Problem> problems) implements DeployResult {
        /** Copies the list in. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
