package dev.mayfly.registry;

import java.time.Instant;

/**
 * A line of the audit log; also what gateways follow.
 *
 * @param number in the order of the commits, without gaps
 * @param at when, by the database's clock
 * @param who the caller
 * @param action a word such as {@code deploy}, {@code rollback}, {@code set-secret}
 * @param subject what it was about
 */
public record Change(long number, Instant at, String who, String action, Subject subject) {
    /**
     * What a change was about.
     *
     * @param app empty when it was about no app
     * @param revision 0 when it was about none
     * @param detail a name, a message; never a value of a variable or a secret
     */
    public record Subject(String app, int revision, String detail) {}
}
