package dev.mayfly.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request target, split.
 *
 * @param path raw, starts with a slash
 * @param query raw, without the question mark; empty if there is none
 * @param authority of an absolute target; null in origin form (not Optional: request path)
 */
record RequestTarget(String path, String query, @Nullable String authority) {
    /** {@return what is wrong with {@code target}, for the caller to see} */
    static Optional<String> flaw(String target) {
        boolean inPath = true;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return Optional.of("the request target has a space or a control character");
            }
            if (c == '?') {
                inPath = false;
            } else if (c == '%' && inPath) {
                int value = Escapes.valueAt(target, i);
                if (value <= 0) {
                    return Optional.of(
                            value == 0
                                    ? "the path has an escaped NUL"
                                    : "the path has a malformed percent-escape");
                }
            }
        }
        return schemeLength(target) >= 0
                ? Optional.empty()
                : Optional.of("the request target is neither a path nor an http URL");
    }

    /** Splits a target without {@link #flaw}. */
    static RequestTarget of(String target) {
        int scheme = schemeLength(target);
        return scheme == 0 ? origin(target, null) : absolute(target, scheme);
    }

    private static RequestTarget absolute(String target, int scheme) {
        int end = scheme;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String authority = target.substring(scheme, end);
        String rest = target.substring(end);
        return origin(rest.startsWith("/") ? rest : "/" + rest, authority);
    }

    private static RequestTarget origin(String target, @Nullable String authority) {
        int question = target.indexOf('?');
        return question < 0
                ? new RequestTarget(target, "", authority)
                : new RequestTarget(
                        target.substring(0, question), target.substring(question + 1), authority);
    }

    /** {@return 0 in origin form, the length of {@code http://} in absolute form, else -1} */
    private static int schemeLength(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }
}
