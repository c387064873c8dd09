package dev.mayfly.registry;

/** What a caller's token is. */
public sealed interface TokenCheck {
    /**
     * One of ours.
     *
     * @param token what it may do
     */
    record Valid(Token token) implements TokenCheck {}

    /**
     * Was one of ours.
     *
     * @param token what it might have done
     */
    record Expired(Token token) implements TokenCheck {}

    /** None of ours, or revoked. */
    record Unknown() implements TokenCheck {}
}
