package dev.mayfly.registry;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the admin API asks its callers for. Of a token's secret half only the hash is stored. Calls
 * block and throw {@link UnavailableException}. Any thread.
 */
public interface Tokens {
    /**
     * Makes a token. Its text is told once, here.
     *
     * @param name for the audit log, not empty
     * @param scopes what it may do, at least one
     * @param lifetime until it expires, at most ten years
     * @param who makes it
     * @return the token and its text
     */
    Issued issue(String name, Set<Scope> scopes, Duration lifetime, String who);

    /**
     * {@return what this text is} Takes the same time for every wrong one.
     *
     * @param text as a caller sends it
     */
    TokenCheck check(String text);

    /**
     * Refuses a token from now on.
     *
     * @param id which
     * @param who does it
     * @return whether it was there
     */
    boolean revoke(String id, String who);

    /** {@return every token, the newest first; expired ones too} */
    List<Token> list();

    /**
     * A new token.
     *
     * @param token what it may do
     * @param text what a caller sends: whoever has it, is it
     */
    record Issued(Token token, String text) {
        /** {@return the token without its text} */
        @Override
        public String toString() {
            return "Issued[" + token + "]";
        }
    }
}
