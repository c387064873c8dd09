package dev.mayfly.server;

import dev.mayfly.gateway.RouteRow;
import java.util.List;

/**
 * What came of a deploy.
 *
 * @param app whose
 * @param revision the one that is live now, or would be
 * @param outcome whether anything changed
 * @param changes against what was live before
 * @param routes that the revision answers
 * @param urls where it can be tried on this gateway
 * @param warnings for the owner, each a sentence
 * @param steps in their order
 * @param gateways and how far each has come
 */
record DeployReport(
        String app,
        int revision,
        Ending outcome,
        List<PlannedChange> changes,
        List<RouteRow> routes,
        List<String> urls,
        List<String> warnings,
        List<TimedStep> steps,
        List<GatewayPlace> gateways) {
    DeployReport {
        changes = List.copyOf(changes);
        routes = List.copyOf(routes);
        urls = List.copyOf(urls);
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
        gateways = List.copyOf(gateways);
    }

    /** Whether anything changed. */
    enum Ending {
        /** A new revision. */
        DEPLOYED,
        /** It was live already. */
        UNCHANGED,
        /** Nothing was done, as asked for. */
        PLANNED
    }
}
