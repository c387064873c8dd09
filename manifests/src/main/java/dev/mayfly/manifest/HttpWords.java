package dev.mayfly.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The formats of HTTP's words: methods, header names, header values. */
final class HttpWords {
    /** RFC 9110's token. */
    static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    static final Text<String> METHOD =
            Text.any("a method", "a token such as \"GET\"").matching(TOKEN).as(HttpWords::method);

    /** What frames the message or the connection is the gateway's to say. */
    private static final Set<String> GATEWAYS_OWN =
            Set.of(
                    "connection",
                    "content-length",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    static final Text<String> HEADER_NAME =
            Text.any("a header's name", "a token such as \"location\"")
                    .matching(TOKEN)
                    .as(HttpWords::headerName);

    static final Text<String> HEADER_VALUE =
            Text.any("a header's value", "text without CR, LF, NUL and other controls")
                    .refusing("[\\u0000-\\u0008\\u000a-\\u001f\\u007f]|^[ \\t]|[ \\t]$");

    /** {@code ip} or {@code header:<name>}. */
    static final Text<String> CALLER =
            Text.any("a way to tell callers apart", "\"ip\" or \"header:<name>\"")
                    .matching("ip|header:" + TOKEN);

    /** {@code cookie} or {@code header:<name>}. */
    static final Text<String> STICKY =
            Text.any("a way to know a caller again", "\"cookie\" or \"header:<name>\"")
                    .matching("cookie|header:" + TOKEN);

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    private HttpWords() {}

    private static Reading<String> method(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.equals(text) && METHODS.contains(upper)) {
            return new Reading.Bad<>("methods tell case apart", "write " + Shown.of(upper));
        }
        return new Reading.Good<>(text);
    }

    private static Reading<String> headerName(String text) {
        return GATEWAYS_OWN.contains(text.toLowerCase(Locale.ROOT))
                ? new Reading.Bad<>("the gateway sets it itself", "remove it")
                : new Reading.Good<>(text);
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
