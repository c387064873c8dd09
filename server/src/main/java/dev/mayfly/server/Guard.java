package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Scope;
import dev.mayfly.registry.Token;
import dev.mayfly.registry.TokenCheck;
import dev.mayfly.registry.Tokens;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may do what. An app that a token may not read is, to its bearer, not there: whether a name is
 * taken is nobody else's business.
 */
final class Guard {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9_-]{1,200}) *");

    private final KnownTokens tokens;

    Guard(Supplier<Tokens> tokens) {
        this.tokens = new KnownTokens(tokens);
    }

    /** What the guard says. */
    sealed interface Verdict {
        /** Go on; nobody is known where nobody need be. */
        record Passed(Optional<Token> token) implements Verdict {}

        /** No further. */
        record Stopped(Refusal refusal) implements Verdict {}
    }

    /** {@code app}: the one that the path, or else the query, names. */
    Verdict check(AdminRequest request, Access access, Optional<String> app) {
        if (access == Access.OPEN) {
            return new Verdict.Passed(Optional.empty());
        }
        Optional<String> header = request.field("authorization");
        if (header.isEmpty()) {
            return unauthorized("the request has no token (expected: Authorization: Bearer …)", "");
        }
        Matcher bearer = BEARER.matcher(header.get());
        return bearer.matches()
                ? known(tokens.check(bearer.group(1)), access, app)
                : unauthorized("Authorization is no bearer token", "invalid_request");
    }

    /** The token of a field that was let through. */
    static String bearer(String authorization) {
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? bearer.group(1) : "";
    }

    private static Verdict known(TokenCheck check, Access access, Optional<String> app) {
        return switch (check) {
            case TokenCheck.Valid(Token token) ->
                    missing(token, access, app)
                            .<Verdict>map(Verdict.Stopped::new)
                            .orElseGet(() -> new Verdict.Passed(Optional.of(token)));
            case TokenCheck.Expired(Token token) ->
                    unauthorized("the token expired at " + token.expiresAt(), "invalid_token");
            case TokenCheck.Unknown() ->
                    unauthorized("the token is unknown, or was revoked", "invalid_token");
        };
    }

    private static Verdict unauthorized(String detail, String error) {
        String challenge = error.isEmpty() ? "Bearer" : "Bearer error=\"" + error + "\"";
        return new Verdict.Stopped(
                Refusal.of(Kind.UNAUTHORIZED, detail).with("www-authenticate", challenge));
    }

    private static Optional<Refusal> missing(Token token, Access access, Optional<String> app) {
        return switch (access) {
            case OPEN, ANY -> Optional.empty();
            case READ -> unreadable(token, named(app));
            case READ_ALL -> unless(token.mayRead("*"), Scope.READ.toString());
            case DEPLOY ->
                    unreadable(token, named(app))
                            .or(() ->
                                    unless(
                                            token.mayDeploy(named(app)),
                                            Scope.deploy(named(app)).toString()));
            case ANY_DEPLOY -> unless(mayDeploySome(token), "deploy:*");
            case READ_OR_ADMIN ->
                    app.isPresent()
                            ? unreadable(token, app.get())
                            : unless(token.isAdmin(), "admin");
            case ADMIN -> unless(token.isAdmin(), "admin");
        };
    }

    private static String named(Optional<String> app) {
        return app.orElseThrow(() -> new IllegalStateException("an access without an app"));
    }

    private static Optional<Refusal> unreadable(Token token, String app) {
        return token.mayRead(app)
                ? Optional.empty()
                : Optional.of(Refusal.notFound("the app " + app));
    }

    private static Optional<Refusal> unless(boolean allowed, String needed) {
        return allowed
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Kind.FORBIDDEN,
                                "the token's scopes do not allow this",
                                new Kind.Extra.Needs(needed)));
    }

    private static boolean mayDeploySome(Token token) {
        return token.isAdmin()
                || token.scopes().stream().anyMatch(scope -> scope.right() == Scope.Right.DEPLOY);
    }

    /** {@return the app that a request is about} */
    static Optional<String> app(Map<String, String> path, Query query) {
        return Optional.ofNullable(path.get("app")).or(() -> query.text("app"));
    }
}
