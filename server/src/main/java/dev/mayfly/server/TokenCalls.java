package dev.mayfly.server;

import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Scope;
import dev.mayfly.registry.Token;
import dev.mayfly.registry.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tokens, and the keys that secrets are sealed with. */
final class TokenCalls {
    private static final String TOKENS = "/v1/tokens";
    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    private final Registry registry;

    TokenCalls(Registry registry) {
        this.registry = registry;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                TOKENS,
                                Access.ADMIN,
                                "Every token, the newest first; expired ones too.",
                                this::list)
                        .answers(200, View.TokenList.class),
                Endpoint.post(
                                TOKENS,
                                Access.ADMIN,
                                "Makes a token, and tells its text this once.",
                                this::issue)
                        .takes(Wish.NewToken.class)
                        .answers(201, View.Issued.class),
                Endpoint.of(
                                "DELETE",
                                TOKENS + "/{id}",
                                Access.ADMIN,
                                "Refuses a token from now on.",
                                this::revoke)
                        .answers(200, View.Revoked.class)
                        .refuses(Kind.NOT_FOUND),
                Endpoint.post(
                                "/v1/keys/rotate",
                                Access.ADMIN,
                                "Seals every secret anew; with a new key, if keys are in a file.",
                                this::rotate)
                        .answers(200, View.Rotated.class));
    }

    private Tokens tokens() {
        return registry.tokens();
    }

    private Answer list(Call call) {
        return Answer.ok(
                new View.TokenList(tokens().list().stream().map(TokenCalls::line).toList()));
    }

    private static View.TokenLine line(Token token) {
        return new View.TokenLine(
                token.id(),
                token.name(),
                SelfCalls.texts(token.scopes()),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt());
    }

    private Answer issue(Call call) {
        Wish.NewToken wish = call.body(Wish.NewToken.class);
        if (wish.scopes().isEmpty()) {
            return Answer.refused(
                    Refusal.invalid("scopes", "no scope (expected: at least one)", "name one"));
        }
        Optional<Duration> lifetime =
                Times.duration(wish.lifetime())
                        .filter(Duration::isPositive)
                        .filter(time -> time.compareTo(TEN_YEARS) <= 0);
        return lifetime.map(time -> issue(call, wish, time)).orElseGet(() -> wrong(wish));
    }

    private static Answer wrong(Wish.NewToken wish) {
        return Answer.refused(
                Refusal.invalid(
                        "lifetime",
                        wish.lifetime() + " (expected: more than 0, at most 3650d)",
                        "choose another lifetime"));
    }

    private Answer issue(Call call, Wish.NewToken wish, Duration lifetime) {
        Tokens.Issued issued =
                tokens().issue(
                                wish.name(),
                                wish.scopes().stream()
                                        .map(Scope::parse)
                                        .collect(Collectors.toSet()),
                                lifetime,
                                Intents.who(call.token()));
        Token token = issued.token();
        return Answer.created(
                new View.Issued(
                        token.id(),
                        token.name(),
                        SelfCalls.texts(token.scopes()),
                        token.expiresAt(),
                        issued.text()));
    }

    private Answer revoke(Call call) {
        String id = call.named("id");
        return tokens().revoke(id, Intents.who(call.token()))
                ? Answer.ok(new View.Revoked(id))
                : Answer.notFound("the token " + id);
    }

    private Answer rotate(Call call) {
        return Answer.ok(
                new View.Rotated(registry.variables().rotateKeys(Intents.who(call.token()))));
    }
}
