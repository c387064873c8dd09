package dev.mayfly.registry;

import java.time.Instant;
import java.util.Set;

/**
 * A token, without what is secret of it.
 *
 * @param id the first half of its text
 * @param name for the audit log
 * @param scopes what it may do; never empty
 * @param createdAt when
 * @param createdBy by whom
 * @param expiresAt from then on it is refused
 */
public record Token(
        String id,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        String createdBy,
        Instant expiresAt) {
    /** Copies the set in. */
    public Token {
        scopes = Set.copyOf(scopes);
    }

    /**
     * {@return whether it allows to change an app}
     *
     * @param app its name
     */
    public boolean mayDeploy(String app) {
        return scopes.stream().anyMatch(scope -> scope.mayDeploy(app));
    }

    /**
     * {@return whether it allows to look at an app}
     *
     * @param app its name
     */
    public boolean mayRead(String app) {
        return scopes.stream().anyMatch(scope -> scope.mayRead(app));
    }

    /** {@return whether it allows everything} */
    public boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }
}
