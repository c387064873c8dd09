package dev.mayfly.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How routes are written. */
final class RouteText {
    private static final String PLAIN = "[^/?#%\\u0000-\\u0020\\u007f\\\\]";
    private static final String ESCAPE = "%[0-9A-Fa-f]{2}";
    private static final String PARAMETER = ":[A-Za-z][A-Za-z0-9_-]*";
    private static final String LITERAL =
            "(?:[^:/?#%\\u0000-\\u0020\\u007f\\\\]|"
                    + ESCAPE
                    + ")(?:"
                    + PLAIN
                    + "|"
                    + ESCAPE
                    + ")*";
    private static final String SEGMENT = "/(?:" + PARAMETER + "|" + LITERAL + ")";

    static final Text<RoutePattern> ROUTE =
            Text.any("a route", "a path such as \"/hello/...\" or \"/users/:id\"")
                    .matching("/|(?:" + SEGMENT + ")+/?")
                    .refusing("/\\.{1,2}(/|$)|/\\.\\.\\./|%00")
                    .as(RouteText::read);

    private static final String OPEN_END = "/...";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private RouteText() {}

    static Reading<RoutePattern> read(String text) {
        if (!text.startsWith("/")) {
            return new Reading.Bad<>(
                    "expected: " + ROUTE.expected(), "write " + Shown.of("/" + text));
        }
        boolean open = text.endsWith(OPEN_END);
        String path = open ? text.substring(0, text.length() - OPEN_END.length()) : text;
        List<RoutePattern.Segment> segments = new ArrayList<>();
        String[] written =
                open && path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
        for (int i = 0; i < written.length; i++) {
            boolean mayBeEmpty = !open && i == written.length - 1;
            switch (segment(written[i], mayBeEmpty)) {
                case Reading.Good<RoutePattern.Segment>(RoutePattern.Segment good) ->
                        segments.add(good);
                case Reading.Bad<RoutePattern.Segment>(String why, String mend) -> {
                    return new Reading.Bad<>(why, mend);
                }
            }
        }
        return whole(new RoutePattern(text, segments, open));
    }

    private static Reading<RoutePattern> whole(RoutePattern route) {
        Set<String> names = new HashSet<>();
        for (RoutePattern.Segment segment : route.segments()) {
            if (segment instanceof RoutePattern.Segment.Parameter(String name)
                    && !names.add(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return new Reading.Bad<>(
                        "the parameter :" + name + " is there twice", "rename one of the two");
            }
        }
        return isReserved(route)
                ? new Reading.Bad<>(
                        "/.well-known/mayfly/ is the gateway's own", "choose another path")
                : new Reading.Good<>(route);
    }

    private static boolean isReserved(RoutePattern route) {
        List<RoutePattern.Segment> segments = route.segments();
        return segments.size() >= 2
                && segments.get(0).equals(new RoutePattern.Segment.Literal(".well-known"))
                && segments.get(1).equals(new RoutePattern.Segment.Literal("mayfly"));
    }

    private static Reading<RoutePattern.Segment> segment(String text, boolean mayBeEmpty) {
        if (text.isEmpty() && !mayBeEmpty) {
            return new Reading.Bad<>("it has an empty segment", "write single slashes");
        }
        if (text.equals("...")) {
            return new Reading.Bad<>("/... stands at the end only", "end the route with it");
        }
        if (text.equals(".") || text.equals("..")) {
            return new Reading.Bad<>("no request matches . or .. here", "write the path in full");
        }
        return text.startsWith(":") ? parameter(text.substring(1)) : literal(text);
    }

    private static Reading<RoutePattern.Segment> parameter(String name) {
        return NAME.matcher(name).matches()
                ? new Reading.Good<>(new RoutePattern.Segment.Parameter(name))
                : new Reading.Bad<>(
                        Shown.of(name) + " is no parameter's name",
                        "start it with a letter and use letters, digits, - and _");
    }

    private static Reading<RoutePattern.Segment> literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '?' || c == '#' || c == '\\') {
                return new Reading.Bad<>(
                        "it has " + Shown.of(String.valueOf(c)),
                        "write " + Shown.of("%%%02X".formatted((int) c)) + " for it");
            }
        }
        return decoded(text);
    }

    private static Reading<RoutePattern.Segment> decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean escape = bytes[i] == '%';
            if (escape && !isEscape(bytes, i)) {
                return new Reading.Bad<>("it has a malformed escape", "write % as %25");
            }
            decoded.put(escape ? (byte) value(bytes, i) : bytes[i]);
            i += escape ? 2 : 0;
        }
        return utf8(decoded.flip());
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[at + 1])
                && HexFormat.isHexDigit(bytes[at + 2]);
    }

    private static int value(byte[] bytes, int at) {
        return HexFormat.fromHexDigit(bytes[at + 1]) << 4 | HexFormat.fromHexDigit(bytes[at + 2]);
    }

    private static Reading<RoutePattern.Segment> utf8(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.indexOf('\0') >= 0
                    ? new Reading.Bad<>("it has a NUL", "remove the %00")
                    : new Reading.Good<>(new RoutePattern.Segment.Literal(text));
        } catch (CharacterCodingException notText) {
            return new Reading.Bad<>("its escapes are no UTF-8", "write the text's UTF-8 bytes");
        }
    }
}
