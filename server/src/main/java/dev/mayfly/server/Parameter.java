package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of a request's query.
 *
 * @param name as sent
 * @param form what its value must be
 * @param said for people
 */
record Parameter(String name, Form form, String said) {
    /** What a value may be. */
    enum Form {
        /** Any text. */
        TEXT(".{1,256}", "a text of at most 256 characters"),
        /** The name of an app. */
        APP("[a-z0-9][a-z0-9-]{0,62}", "the name of an app"),
        /** A number. */
        NUMBER("[0-9]{1,18}", "a whole number"),
        /** Of which gateways. */
        GATEWAYS("this|all", "this or all"),
        /** How far somebody has read. */
        CURSOR(LogCursor.FORM, "next of an earlier answer"),
        /** How long. */
        DURATION(Times.DURATION, "a duration such as 20s"),
        /** Since when. */
        SINCE(".{1,40}", "a time such as 2026-01-31T12:00:00Z, or a duration such as 10m");

        private final String pattern;
        private final String expected;

        Form(String pattern, String expected) {
            this.pattern = pattern;
            this.expected = expected;
        }

        String pattern() {
            return pattern;
        }

        boolean allows(String value) {
            boolean since = Times.moment(value).isPresent() || Times.duration(value).isPresent();
            return value.matches(pattern) && value.indexOf('\0') < 0 && (this != SINCE || since);
        }
    }

    /** {@return what is wrong with a value} */
    Optional<Problem> flaw(List<String> values) {
        if (values.size() > 1) {
            return Optional.of(
                    Shape.problem(name, "given " + values.size() + " times", "give it once"));
        }
        return form.allows(values.getFirst())
                ? Optional.empty()
                : Optional.of(
                        Shape.problem(name, "expected: " + form.expected, "correct the parameter"));
    }
}
