package dev.mayfly.server;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.FunctionWatch;
import dev.mayfly.gateway.FunctionsNow;
import dev.mayfly.registry.Token;
import dev.mayfly.server.Parameter.Form;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How this server is. Works without the database, for a caller it knew before. */
final class StatusCalls {
    private static final int SHOWN = 100;

    private final Standing standing;
    private final FunctionWatch watch;
    private final String version;

    StatusCalls(AdminParts parts, String version) {
        this.standing = parts.standing();
        this.watch = parts.observed().watch();
        this.version = version;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1/status", Access.ANY, "How this server is.", this::status)
                        .answers(200, View.Status.class),
                Endpoint.get(
                                "/v1/functions",
                                Access.ANY,
                                "What functions do now on this gateway, of the apps that the caller"
                                        + " may read.",
                                this::now)
                        .with(
                                new Parameter("app", Form.APP, "Only this app's."),
                                new Parameter(
                                        "limit", Form.NUMBER, "At most so many: 100, up to 1000."))
                        .answers(200, FunctionView.FunctionPage.class));
    }

    private Answer now(Call call) {
        Optional<String> app = call.query().text("app");
        Token token = call.token();
        FunctionsNow seen =
                watch.look(
                        name -> token.mayRead(name) && app.map(name::equals).orElse(true),
                        call.query().count("limit", SHOWN, ApiLimits.MOST_FUNCTIONS));
        return Answer.ok(
                new FunctionView.FunctionPage(
                        standing.number(),
                        standing.ready(),
                        List.copyOf(new TreeSet<>(standing.degraded())),
                        seen.functions().stream().map(FunctionView::of).toList(),
                        seen.more()));
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
