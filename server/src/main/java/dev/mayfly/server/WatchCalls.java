package dev.mayfly.server;

import dev.mayfly.gateway.MetricsText;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What those ask that watch over this server: whether it lives, whether it serves, and its meters.
 * Health says nothing that is secret and needs no token, or a token's end would look like the
 * server's; meters name every app, so they need one unless the settings say otherwise.
 */
final class WatchCalls {
    private final Standing standing;
    private final Observed observed;

    WatchCalls(AdminParts parts) {
        this.standing = parts.standing();
        this.observed = parts.observed();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/health/live",
                                Access.OPEN,
                                "Whether this server answers at all.",
                                this::live)
                        .answers(200, View.Health.class),
                Endpoint.get(
                                "/health/ready",
                                Access.OPEN,
                                "Whether requests should be sent here, and why not.",
                                this::ready)
                        .answers(200, View.Health.class)
                        .answers(503, View.Health.class),
                Endpoint.get(
                                "/metrics",
                                observed.isPublic() ? Access.OPEN : Access.READ_ALL,
                                "Every meter of this gateway, as OpenMetrics or Prometheus text.",
                                this::metrics)
                        .answers(200));
    }

    private Answer live(Call call) {
        return Answer.ok(new View.Health("live", List.of()));
    }

    private Answer ready(Call call) {
        if (!standing.ready()) {
            return standing.listen().isPresent()
                    ? unready("draining", "the server goes down")
                    : unready("starting", "the server has not begun to serve");
        }
        List<String> reasons = List.copyOf(new TreeSet<>(standing.degraded()));
        return Answer.ok(new View.Health(reasons.isEmpty() ? "ready" : "degraded", reasons));
    }

    private static Answer unready(String status, String reason) {
        return new Answer.Shown(503, Map.of(), new View.Health(status, List.of(reason)));
    }

    private Answer metrics(Call call) {
        String accept = String.join(",", call.request().fields().getOrDefault("accept", List.of()));
        MetricsText text = observed.metrics().apply(accept);
        return new Answer.Plain(text.type(), text.text());
    }
}
