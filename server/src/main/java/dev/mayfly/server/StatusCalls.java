package dev.mayfly.server;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.registry.Token;
import java.util.List;
import java.util.TreeSet;

/** How this server is. Works without the database, for a caller it knew before. */
final class StatusCalls {
    private final Standing standing;
    private final String version;

    StatusCalls(AdminParts parts, String version) {
        this.standing = parts.standing();
        this.version = version;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1/status", Access.ANY, "How this server is.", this::status)
                        .answers(200, View.Status.class));
    }

    private Answer status(Call call) {
        return Answer.ok(
                new View.Status(
                        version,
                        standing.ready(),
                        List.copyOf(new TreeSet<>(standing.degraded())),
                        standing.databaseAway() ? "away" : "ok",
                        standing.number(),
                        standing.listen().map(Object::toString).orElse(""),
                        functions(call.token()),
                        standing.gateways().stream().map(StatusCalls::gateway).toList()));
    }

    private List<View.Function> functions(Token token) {
        return standing.functions().stream()
                .filter(row -> token.mayRead(row.app()))
                .map(StatusCalls::function)
                .toList();
    }

    private static View.Function function(FunctionRow row) {
        return new View.Function(
                row.app(),
                row.function(),
                row.revision(),
                row.tier(),
                row.idle(),
                row.running(),
                row.queued(),
                row.runs(),
                row.refusals(),
                row.memoryBytes());
    }

    static View.Gateway gateway(GatewayPlace place) {
        return new View.Gateway(place.name(), place.address(), place.applied(), place.seenAt());
    }
}
