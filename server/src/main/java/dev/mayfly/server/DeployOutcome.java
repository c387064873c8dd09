package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.ChangeResult;
import java.util.List;

/** How a deploy ended. */
sealed interface DeployOutcome {
    /** It is live, or was already, or would be: the report says which. */
    record Reported(DeployReport report) implements DeployOutcome {}

    /** The registry refused it; nothing changed. Never {@link ChangeResult.Done}. */
    record Refused(ChangeResult result) implements DeployOutcome {}

    /** It cannot be served; nothing changed. Every problem. */
    record Invalid(List<Problem> problems) implements DeployOutcome {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
