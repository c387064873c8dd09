package dev.mayfly.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One {@code [[case]]} of a file of tests: what goes into an app, and what must come of it.
 *
 * @param name told when it fails; once in its file
 * @param input what goes in
 * @param variables values of the app's variables for this case, by name
 * @param expected what must come
 */
public record TestCase(String name, Input input, Map<String, String> variables, Expected expected) {
    /** Copies the map in, order kept. */
    public TestCase {
        variables = Ordered.copy(variables);
    }

    /** A request or a record. */
    public sealed interface Input {
        /**
         * A request.
         *
         * @param method the method
         * @param target path and query
         * @param fields values by name, both as written
         * @param body its body
         */
        record Request(String method, String target, Map<String, List<String>> fields, Body body)
                implements Input {
            /** Copies the map in, order kept. */
            public Request {
                fields = Ordered.copy(fields);
            }
        }

        /**
         * A record.
         *
         * @param topic where it lies
         * @param function which of the functions that take the topic; needed if there are several
         * @param key its key; none when empty
         * @param headers values by key, both as written
         * @param place where in its topic, and when
         * @param value its value; a tombstone without one
         */
        record Event(
                String topic,
                Optional<String> function,
                Optional<String> key,
                Map<String, List<String>> headers,
                Spot place,
                Body value)
                implements Input {
            /** Copies the map in, order kept. */
            public Event {
                headers = Ordered.copy(headers);
            }
        }
    }

    /**
     * Where and when a record is met.
     *
     * @param partition from 0
     * @param offset from 0
     * @param timestamp when it was written; now when empty
     * @param attempt from 1
     */
    public record Spot(int partition, int offset, Optional<Instant> timestamp, int attempt) {}

    /** Bytes that go in, or that must come. */
    public sealed interface Body {
        /** Nothing is said of them. */
        record None() implements Body {}

        /**
         * Text, as UTF-8.
         *
         * @param text the text
         */
        record Text(String text) implements Body {}

        /**
         * A file.
         *
         * @param path relative to the file of tests
         */
        record File(String path) implements Body {}

        /**
         * JSON; expected, it is what must at least be there.
         *
         * @param text the JSON
         */
        record Json(String text) implements Body {}
    }

    /** What a short text must be. */
    public sealed interface Wanted {
        /**
         * This text.
         *
         * @param text the text
         */
        record Exactly(String text) implements Wanted {}

        /**
         * Matched, the whole of it; written between slashes.
         *
         * @param pattern the pattern
         */
        record Matching(Pattern pattern) implements Wanted {}
    }

    /**
     * What must come.
     *
     * @param answer to a request
     * @param exitCode of the last run
     * @param log patterns, each found in a line of standard error
     * @param output of a record; nothing is said of it when empty
     * @param hopes what is told when it is missed, and fails nothing
     */
    public record Expected(
            Answer answer,
            Optional<Integer> exitCode,
            List<Pattern> log,
            Optional<Output> output,
            Hopes hopes) {
        /** Copies the list in. */
        public Expected {
            log = List.copyOf(log);
        }
    }

    /**
     * What the answer to a request must be.
     *
     * @param status its status; below 500 when empty
     * @param fields by name: the values of all fields of the name, in order; none of it when empty
     * @param body its body
     * @param matches a pattern to be found in the body
     */
    public record Answer(
            Optional<Integer> status,
            Map<String, List<Wanted>> fields,
            Body body,
            Optional<Pattern> matches) {
        /** Copies the map in, order kept. */
        public Answer {
            fields = Ordered.copy(fields);
        }
    }

    /** What a function must make of a record. */
    public sealed interface Output {
        /** Nothing. */
        record Nothing() implements Output {}

        /**
         * A record.
         *
         * @param key its key; nothing is said of it when empty
         * @param value its value
         * @param matches a pattern to be found in the value
         * @param headers by key: all values of the key, in order; none of it when empty
         */
        record Something(
                Optional<Wanted> key,
                Body value,
                Optional<Pattern> matches,
                Map<String, List<Wanted>> headers)
                implements Output {
            /** Copies the map in, order kept. */
            public Something {
                headers = Ordered.copy(headers);
            }
        }
    }

    /**
     * What a run should stay within.
     *
     * @param dirtyPages 4 KiB pages that it writes to
     * @param millis that it takes
     */
    public record Hopes(Optional<Integer> dirtyPages, Optional<Integer> millis) {}
}
