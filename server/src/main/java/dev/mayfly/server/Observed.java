package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.MetricsText;
import dev.mayfly.gateway.ServerSettings;
import java.util.function.Function;

/**
 * What can be seen of this gateway's work.
 *
 * @param logs what functions logged
 * @param metrics every meter, in the form that an {@code Accept} asks for
 * @param isPublic whether who asks for the meters needs no token
 */
record Observed(GuestLogs logs, Function<String, MetricsText> metrics, boolean isPublic) {
    static Observed of(Gateway gateway, ServerSettings.Metrics settings) {
        return new Observed(gateway.logs(), gateway::metrics, settings.isPublic());
    }
}
