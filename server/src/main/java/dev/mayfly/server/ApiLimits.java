package dev.mayfly.server;

import java.time.Duration;

/** What a caller of the admin API meets. */
final class ApiLimits {
    /** How deep a JSON document may be. */
    static final int MOST_DEPTH = 16;

    /** Items of a list, or keys of a table, in a JSON document. */
    static final int MOST_ITEMS = 10_000;

    /** Characters of a text in a JSON document: as many as an app.toml may have. */
    static final int LONGEST_TEXT = 1_048_576;

    /** Characters of a deploy's message. */
    static final int LONGEST_MESSAGE = 4096;

    /** Characters of a token's name, and of a parameter of a request's target. */
    static final int LONGEST_NAME = 256;

    /** Log lines of one answer. */
    static final int MOST_LINES = 10_000;

    /** Lines of the audit log in one answer. */
    static final int MOST_CHANGES = 1000;

    /** Activations in one answer. */
    static final int MOST_ACTIVATIONS = 1000;

    /** Functions in one answer that is asked for again and again. */
    static final int MOST_FUNCTIONS = 1000;

    /** Dead letters of one topic in one answer. */
    static final int MOST_DEAD_LETTERS = 1000;

    /** Requests that wait for log lines at once: a part of those that are answered at once. */
    static final int MOST_WAITING = 128;

    /**
     * Requests for the log lines of all gateways at once: together with those above still a part.
     */
    static final int MOST_FOLLOWING = 64;

    /** How long an answer may be waited for. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private ApiLimits() {}
}
