package dev.mayfly.manifest;

import java.util.HexFormat;
import java.util.List;

/**
 * A route as written: {@code /a/b}, {@code /users/:id}, a trailing {@code /...}. A path that ends
 * in a slash has an empty last literal: {@code /} is one empty literal, {@code /...} is no segment
 * and open.
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

    /**
     * {@return the pattern, or what is wrong with it}
     *
     * @param text as written
     */
    public static Parsed<RoutePattern> read(String text) {
        return switch (RouteText.ROUTE.read(text)) {
            case Reading.Good<RoutePattern>(RoutePattern route) -> new Parsed.Valid<>(route);
            case Reading.Bad<RoutePattern>(String why, String mend) ->
                    new Parsed.Invalid<>(
                            List.of(
                                    Problem.of(
                                            Place.UNKNOWN,
                                            "",
                                            Shown.of(text) + " is not a route (" + why + ")",
                                            mend)));
        };
    }

    /**
     * The pattern with its parameters' names taken out: equal for two patterns that match the same
     * paths, and for no others.
     *
     * @return text without control characters
     */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/')
                    .append(
                            switch (segment) {
                                case Segment.Literal(String literal) -> "=" + escaped(literal);
                                case Segment.Parameter _ -> ":";
                            });
        }
        return shape.append(open ? "/..." : "").toString();
    }

    private static String escaped(String literal) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '/' || c == '%' || c < ' ' || c == 0x7f) {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
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
