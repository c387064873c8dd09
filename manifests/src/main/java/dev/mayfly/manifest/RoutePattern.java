package dev.mayfly.manifest;

import java.util.List;

/**
 * A route as written: {@code /a/b}, {@code /users/:id}, a trailing {@code /...}.
 *
 * @param text as written
 * @param segments before a trailing {@code /...}, in order; empty for {@code /...}
 * @param open whether it ends in {@code /...}
 */
public record RoutePattern(String text, List<Segment> segments, boolean open) {
    /** Copies the list in. */
    public RoutePattern {
        segments = List.copyOf(segments);
    }

    /** One segment of a pattern. */
    public sealed interface Segment {
        /**
         * Matches itself.
         *
         * @param text decoded
         */
        record Literal(String text) implements Segment {}

        /**
         * Matches one non-empty segment.
         *
         * @param name as written after the colon
         */
        record Parameter(String name) implements Segment {}
    }
}
