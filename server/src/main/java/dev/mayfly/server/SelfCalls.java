package dev.mayfly.server;

import dev.mayfly.registry.Scope;
import dev.mayfly.registry.Token;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the API tells of itself and of the caller. */
final class SelfCalls {
    private final String version;
    private final Supplier<List<Endpoint>> table;

    /** Made by the first who asks; the table does not change. */
    private volatile byte @Nullable [] document;

    /** {@code table}: every endpoint, by the time one is called. */
    SelfCalls(String version, Supplier<List<Endpoint>> table) {
        this.version = version;
        this.table = table;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1", Access.OPEN, "Who answers here.", this::info)
                        .answers(200, View.About.class),
                Endpoint.get(
                                "/v1/openapi.json",
                                Access.OPEN,
                                "This API, as an OpenAPI 3.1 document.",
                                this::document)
                        .answers(200),
                Endpoint.get("/v1/whoami", Access.ANY, "The caller's token.", this::caller)
                        .answers(200, View.Caller.class));
    }

    private Answer info(Call call) {
        return Answer.ok(new View.About("mayfly", version));
    }

    private Answer document(Call call) {
        byte[] made = document;
        if (made == null) {
            made = JsonBodies.bytes(new OpenApi(version, table.get()).document());
            document = made;
        }
        return new Answer.Json(made);
    }

    private Answer caller(Call call) {
        Token token = call.token();
        return Answer.ok(
                new View.Caller(
                        token.id(), token.name(), texts(token.scopes()), token.expiresAt()));
    }

    static List<String> texts(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::toString).sorted().toList();
    }
}
