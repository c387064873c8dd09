package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The table {@code cors} of a {@code [[trigger.http]]}. */
final class CorsTable {
    /** Stands for any of what it stands among. */
    static final String ANY = "*";

    private static final Pattern USUAL_PORT = Pattern.compile("http://.*:80|https://.*:443");

    /** As browsers write one: a scheme, a host, and a port unless it is the scheme's own. */
    static final Text<String> ORIGIN =
            Text.any("an origin", "scheme://host[:port] or \"*\", as in \"https://example.com\"")
                    .matching(
                            "\\*|[a-z][a-z0-9+.-]{0,31}://(?:[a-z0-9_.-]{1,253}"
                                    + "|\\[[0-9a-f:.]{2,45}\\])(?::[0-9]{1,5})?")
                    .as(CorsTable::origin);

    private static final Text<String> HEADER =
            Text.any("a header's name", "a token such as \"x-total\"").matching(HttpWords.TOKEN);

    static final Key<List<String>> ORIGINS =
            Key.required(
                    "origins",
                    Series.someDistinct(ORIGIN),
                    "Origins whose pages may read the answers; \"*\" for all.");
    static final Key<List<String>> METHODS =
            Key.optional(
                    "methods",
                    Series.someDistinct(HttpWords.METHOD),
                    "Methods they may use; the route's when absent.");
    static final Key<List<String>> HEADERS =
            Key.of(
                    "headers",
                    new Series<>(HEADER, 0, true),
                    List.of(),
                    "Request headers they may set, beside those any page may; \"*\" for all.");
    static final Key<List<String>> EXPOSE =
            Key.of(
                    "expose",
                    new Series<>(HEADER, 0, true),
                    List.of(),
                    "Answer headers they may read, beside those any page may; \"*\" for all.");
    static final Key<Boolean> CREDENTIALS =
            Key.of(
                    "credentials",
                    Flag.EITHER,
                    false,
                    "Whether cookies and HTTP authentication go along.");
    static final Key<Duration> MAX_AGE =
            Key.optional(
                    "max_age",
                    Quantities.DURATION,
                    "How long a browser need not ask again; the browser's own when absent.");

    static final Key<HttpRoute.Cors> CORS =
            Key.optional(
                    "cors",
                    new Struct<>(
                            "a CORS policy",
                            "{ origins = [\"https://example.com\"] }",
                            List.of(ORIGINS, METHODS, HEADERS, EXPOSE, CREDENTIALS, MAX_AGE),
                            List.of(),
                            section ->
                                    new HttpRoute.Cors(
                                            section.get(ORIGINS),
                                            section.find(METHODS).orElse(List.of()),
                                            section.get(HEADERS),
                                            section.get(EXPOSE),
                                            section.get(CREDENTIALS),
                                            section.find(MAX_AGE))),
                    "Which pages of other sites may use the route; none when absent.");

    private CorsTable() {}

    private static Reading<String> origin(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (!folded.equals(text)) {
            return new Reading.Bad<>(
                    "browsers write origins in lower case", "write " + Shown.of(folded));
        }
        int host = text.indexOf("://") + 3;
        int path = host < 3 ? -1 : text.indexOf('/', host);
        if (path >= 0) {
            return new Reading.Bad<>(
                    "an origin has no path", "write " + Shown.of(text.substring(0, path)));
        }
        if (USUAL_PORT.matcher(text).matches()) {
            return new Reading.Bad<>(
                    "browsers leave the scheme's own port out",
                    "write " + Shown.of(text.substring(0, text.lastIndexOf(':'))));
        }
        return text.equals("null")
                ? new Reading.Bad<>(
                        "it is the origin of every page without one", "name the origins meant")
                : new Reading.Good<>(text);
    }

    /** The rules about which values go together. */
    static void check(Node.Table cors, KeyPath path, Findings findings) {
        boolean any = names(cors, ORIGINS);
        if (any && cors.list(ORIGINS.name()).size() > 1) {
            add(cors, ORIGINS, path, findings, "has \"*\" beside others", "keep one or the other");
        }
        boolean credentials =
                cors.entries().get(CREDENTIALS.name()) instanceof Node.Scalar(_, Boolean said)
                        && said;
        for (Key<List<String>> key : List.of(ORIGINS, METHODS, HEADERS, EXPOSE)) {
            if (credentials && names(cors, key)) {
                String message =
                        "is true beside a \"*\" in "
                                + key.name()
                                + " (expected: names; browsers take no \"*\" with credentials)";
                String mend = "list the " + key.name() + " meant, or leave credentials out";
                add(cors, CREDENTIALS, path, findings, message, mend);
            }
        }
    }

    // Six things make the sentence; an object for them would only be unpacked here.
    private static void add(
            Node.Table cors,
            Key<?> key,
            KeyPath path,
            Findings findings,
            String message,
            String mend) {
        Place place = cors.find(key.name()).map(Node::place).orElse(cors.place());
        findings.add(Findings.Kind.BEYOND_SCHEMA, place, path.key(key.name()), message, mend);
    }

    /** {@return whether one of the list's elements is the star} */
    private static boolean names(Node.Table cors, Key<List<String>> key) {
        return cors.texts(key.name()).contains(ANY);
    }
}
