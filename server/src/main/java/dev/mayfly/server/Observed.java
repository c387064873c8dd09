package dev.mayfly.server;

import dev.mayfly.gateway.Activations;
import dev.mayfly.gateway.FunctionWatch;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.MetricsText;
import dev.mayfly.gateway.Previews;
import dev.mayfly.gateway.ServerSettings;
import java.util.function.Function;

/**
 * What can be seen of this gateway's work.
 *
 * @param logs what functions logged
 * @param activations the newest requests to functions
 * @param watch what functions do now
 * @param revisions where revisions come from that a request is sent to again
 * @param metrics every meter, in the form that an {@code Accept} asks for
 * @param isPublic whether who asks for the meters needs no token
 */
record Observed(
        GuestLogs logs,
        Activations activations,
        FunctionWatch watch,
        Previews revisions,
        Function<String, MetricsText> metrics,
        boolean isPublic) {
    static Observed of(Gateway gateway, Previews revisions, ServerSettings.Metrics settings) {
        return new Observed(
                gateway.logs(),
                gateway.activations(),
                gateway.watch(),
                revisions,
                gateway::metrics,
                settings.isPublic());
    }
}
