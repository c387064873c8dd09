package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Token;
import java.util.Map;
import java.util.Optional;

/**
 * A request that may be answered: the caller is known, and everything is of its shape.
 *
 * @param request as it came
 * @param caller whose token it is; empty for an endpoint without one
 * @param path what stands for each name of the path
 * @param query its parameters
 * @param body of the endpoint's record, if it takes one
 * @param intent who wants a change, and under which conditions
 */
record Call(
        AdminRequest request,
        Optional<Token> caller,
        Map<String, String> path,
        Query query,
        Optional<Record> body,
        Optional<Intent> intent) {
    String app() {
        return named("app");
    }

    int revision() {
        return Integer.parseInt(named("revision"));
    }

    Digest digest() {
        return Digests.read(named("digest"));
    }

    String named(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalStateException("the path has no " + name));
    }

    Token token() {
        return caller.orElseThrow(() -> new IllegalStateException("nobody is known here"));
    }

    /** {@return who wants a change, and under which conditions} */
    Intent wish() {
        return intent.orElseThrow(() -> new IllegalStateException("nobody wants a change here"));
    }

    <T extends Record> T body(Class<T> type) {
        return type.cast(body.orElseThrow(() -> new IllegalStateException("no body is taken")));
    }
}
