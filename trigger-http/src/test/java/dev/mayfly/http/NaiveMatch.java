package dev.mayfly.http;

import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import java.util.List;
import java.util.Locale;

/** The rules of matching, each by itself and without any regard to speed. */
final class NaiveMatch {
    private NaiveMatch() {}

    /** Less is better; {@code MAX_VALUE} for a host that does not match. */
    static int hostRank(String host, String authority) {
        String asked = authority.toLowerCase(Locale.ROOT).replaceAll(":.*|\\.$", "");
        if (host.equals("*")) {
            return 1000;
        }
        if (host.startsWith("*.")) {
            boolean below = asked.endsWith(host.substring(1)) && asked.length() >= host.length();
            return below ? 500 - host.length() : Integer.MAX_VALUE;
        }
        return host.equals(asked) ? 0 : Integer.MAX_VALUE;
    }

    static boolean takes(List<String> methods, String method) {
        return methods.isEmpty()
                ? !method.equals("OPTIONS")
                : methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** Literals sort before parameters, those before the open end, the plain end first of all. */
    static String rank(RoutePattern pattern) {
        StringBuilder rank = new StringBuilder();
        for (Segment segment : pattern.segments()) {
            rank.append(segment instanceof Segment.Literal ? 'b' : 'c');
        }
        return rank.append(pattern.open() ? 'd' : 'a').toString();
    }

    static boolean matches(RoutePattern pattern, String path) {
        String[] segments = path.substring(1).split("/", -1);
        int fixed = pattern.segments().size();
        if (pattern.open() ? segments.length < fixed : segments.length != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            String raw = segments[i];
            boolean fits =
                    switch (pattern.segments().get(i)) {
                        case Segment.Literal(String text) ->
                                Escapes.asBytes(text).equals(Escapes.decode(raw, 0, raw.length()));
                        case Segment.Parameter _ -> !raw.isEmpty();
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
