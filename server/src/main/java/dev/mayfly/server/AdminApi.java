package dev.mayfly.server;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminHandler;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Token;
import dev.mayfly.registry.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API, without a socket.
 *
 * <pre>
 *   request ─► path, method ─► query ─► token, scope ─► body ─► handler ─► answer
 *               404, 405        422      401, 403, 404   415, 422    │
 *                                                                    └ database away: 503
 * </pre>
 *
 * A body is read only after its caller was let through.
 */
final class AdminApi implements AdminHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

    private final List<Endpoint> endpoints;
    private final Guard guard;

    AdminApi(AdminParts parts) {
        this.endpoints = EndpointTable.of(parts);
        this.guard = new Guard(parts.registry()::tokens);
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        return Answers.rendered(attempt(request), request);
    }

    private Answer attempt(AdminRequest request) {
        try {
            return route(request);
        } catch (UnavailableException e) {
            LOG.warn("request {}: {}", request.id(), e.getMessage());
            return Answer.refused(
                    Refusal.of(
                                    Kind.DATABASE_AWAY,
                                    "the database does not answer; apps are served on as they were")
                            .with("retry-after", "2"));
        } catch (RuntimeException e) {
            LOG.error("request {} {} failed", request.id(), request.target().path(), e);
            return Answer.refused(Refusal.of(Kind.FAILED, "the answer could not be made"));
        }
    }

    private Answer route(AdminRequest request) {
        Optional<List<String>> path = PathPattern.split(request.target().path());
        List<Routed> routed =
                path.map(segments ->
                                endpoints.stream().flatMap(each -> each.routed(segments)).toList())
                        .orElse(List.of());
        if (routed.isEmpty()) {
            return Answer.notFound("this path");
        }
        return routed.stream()
                .filter(each -> each.endpoint().method().equals(request.method()))
                .findFirst()
                .map(found -> admit(request, found))
                .orElseGet(() -> otherMethods(routed));
    }

    private static Answer otherMethods(List<Routed> routed) {
        List<String> methods = routed.stream().map(each -> each.endpoint().method()).toList();
        return Answer.refused(
                Refusal.of(Kind.METHOD_NOT_ALLOWED, "this path does not take the method")
                        .with("allow", String.join(", ", methods)));
    }

    /** An endpoint that a path leads to, and what stands for its names. */
    record Routed(Endpoint endpoint, Map<String, String> path) {}

    private Answer admit(AdminRequest request, Routed routed) {
        Query.Outcome query = Query.read(request.target().query(), routed.endpoint().parameters());
        Optional<String> app =
                query instanceof Query.Outcome.Read(Query read)
                        ? Guard.app(routed.path(), read)
                        : Guard.app(routed.path(), new Query(Map.of()));
        return switch (guard.check(request, routed.endpoint().access(), app)) {
            case Guard.Verdict.Stopped(Refusal refusal) -> Answer.refused(refusal);
            case Guard.Verdict.Passed(Optional<Token> token) ->
                    switch (query) {
                        case Query.Outcome.Flawed flawed ->
                                Answer.refused(Refusal.invalid(flawed.problems()));
                        case Query.Outcome.Read(Query read) ->
                                intent(request, routed, new Visitor(token, read));
                    };
        };
    }

    /** Who was let through, and with which parameters. */
    private record Visitor(Optional<Token> token, Query query) {}

    private static Answer intent(AdminRequest request, Routed routed, Visitor visitor) {
        if (visitor.token().isEmpty()) {
            return body(request, routed, visitor, Optional.empty());
        }
        return switch (Intents.read(request, visitor.token().get())) {
            case Intents.Outcome.Flawed flawed ->
                    Answer.refused(Refusal.invalid(flawed.problems()));
            case Intents.Outcome.Read(Intent intent) ->
                    body(request, routed, visitor, Optional.of(intent));
        };
    }

    private static Answer body(
            AdminRequest request, Routed routed, Visitor visitor, Optional<Intent> intent) {
        Endpoint endpoint = routed.endpoint();
        return switch (Bodies.read(request, endpoint.intake())) {
            case Bodies.Outcome.Stopped(Refusal refusal) -> Answer.refused(refusal);
            case Bodies.Outcome.Read(Optional<Record> body) ->
                    endpoint.handler()
                            .answer(
                                    new Call(
                                            request,
                                            visitor.token(),
                                            routed.path(),
                                            visitor.query(),
                                            body,
                                            intent));
        };
    }
}
