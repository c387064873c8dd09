package dev.mayfly.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of paths: {@code *} and {@code ?} stay within a segment, {@code [a-z]} is one of some
 * characters, {@code **} is any number of segments, at the end at least one.
 *
 * <p>Not a regular expression: a pattern may come from a stranger's repository, and one with many
 * stars must not take for ever. Both loops go back to the last star only, so the time is at most
 * the pattern's length times the path's.
 */
final class Glob {
    private final List<Segment> segments;

    /**
     * A part of a pattern between slashes.
     *
     * @param isDeep whether it is {@code **}, which has no tokens
     */
    private record Segment(boolean isDeep, List<Token> tokens) {}

    /**
     * A part of a segment.
     *
     * @param isStar whether any number of characters is meant, else the one that passes the test
     */
    private record Token(boolean isStar, IntPredicate test) {
        static Token one(IntPredicate test) {
            return new Token(false, test);
        }
    }

    private Glob(List<Segment> segments) {
        this.segments = segments;
    }

    /**
     * @param pattern segments divided by slashes
     */
    static Glob of(String pattern) {
        List<Segment> segments = new ArrayList<>();
        for (String segment : pattern.split("/", -1)) {
            boolean isDeep = segment.equals("**");
            segments.add(new Segment(isDeep, isDeep ? List.of() : tokens(segment)));
        }
        return new Glob(segments);
    }

    /**
     * {@return whether the whole of {@code path} is meant}
     *
     * @param path segments divided by slashes, none at either end
     */
    boolean matches(String path) {
        List<String> names = List.of(path.split("/", -1));
        int name = 0;
        int segment = 0;
        int lastDeep = -1;
        int resume = 0;
        while (name < names.size()) {
            if (segment < segments.size() && segments.get(segment).isDeep()) {
                lastDeep = segment++;
                resume = name;
            } else if (segment < segments.size()
                    && matches(segments.get(segment).tokens(), names.get(name))) {
                segment++;
                name++;
            } else if (lastDeep >= 0) {
                segment = lastDeep + 1;
                name = ++resume;
            } else {
                return false;
            }
        }
        return segment == segments.size();
    }

    private static boolean matches(List<Token> tokens, String name) {
        int at = 0;
        int token = 0;
        int lastStar = -1;
        int resume = 0;
        while (at < name.length()) {
            if (token < tokens.size() && tokens.get(token).isStar()) {
                lastStar = token++;
                resume = at;
            } else if (token < tokens.size() && tokens.get(token).test().test(name.charAt(at))) {
                token++;
                at++;
            } else if (lastStar >= 0) {
                token = lastStar + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return tokens.subList(token, tokens.size()).stream().allMatch(Token::isStar);
    }

    private static List<Token> tokens(String segment) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            int end = c == '[' ? segment.indexOf(']', at + 2) : -1;
            if (c == '*') {
                tokens.add(new Token(true, _ -> true));
            } else if (c == '?') {
                tokens.add(Token.one(_ -> true));
            } else if (end > 0) {
                tokens.add(Token.one(oneOf(segment.substring(at + 1, end))));
                at = end;
            } else if (c == '\\' && at + 1 < segment.length()) {
                char escaped = segment.charAt(++at);
                tokens.add(Token.one(unit -> unit == escaped));
            } else {
                tokens.add(Token.one(unit -> unit == c));
            }
            at++;
        }
        return tokens;
    }

    private static IntPredicate oneOf(String set) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        IntPredicate among = among(negated ? set.substring(1) : set);
        return negated ? among.negate() : among;
    }

    private static IntPredicate among(String set) {
        List<IntPredicate> parts = new ArrayList<>();
        int at = 0;
        while (at < set.length()) {
            boolean isRange = at + 2 < set.length() && set.charAt(at + 1) == '-';
            char from = set.charAt(at);
            char to = set.charAt(isRange ? at + 2 : at);
            parts.add(c -> c >= from && c <= to);
            at += isRange ? 3 : 1;
        }
        return c -> parts.stream().anyMatch(part -> part.test(c));
    }
}
