package dev.mayfly.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of the API, such as {@code /v1/apps/{app}}. A segment in braces takes what its name
 * allows, and nothing else: what is no name of an app is not found.
 *
 * @param text as the documents have it
 * @param segments of it
 */
record PathPattern(String text, List<String> segments) {
    private static final Map<String, Pattern> NAMES =
            Map.of(
                    "app", Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"),
                    "revision", Pattern.compile("[1-9][0-9]{0,8}"),
                    "digest", Pattern.compile("sha256:[0-9a-f]{64}"),
                    "topic", Pattern.compile("[A-Za-z0-9._-]{1,249}"),
                    "partition", Pattern.compile("0|[1-9][0-9]{0,8}"),
                    "offset", Pattern.compile("0|[1-9][0-9]{0,17}"),
                    "id", Pattern.compile("[A-Za-z0-9_-]{1,64}"));

    static PathPattern of(String text) {
        return new PathPattern(text, List.of(text.substring(1).split("/", -1)));
    }

    /** {@return the pattern of the names in braces} */
    static String patternOf(String name) {
        return named(name).pattern();
    }

    private static Pattern named(String name) {
        return Optional.ofNullable(NAMES.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " has no pattern"));
    }

    /** {@return names in braces, in their order} */
    List<String> names() {
        return segments.stream().filter(PathPattern::isName).map(PathPattern::inner).toList();
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{");
    }

    private static String inner(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    /** {@return what stands for each name; empty when the path is another one} */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (!isName(segment) && !segment.equals(path.get(i))) {
                return Optional.empty();
            }
            if (isName(segment) && !named(inner(segment)).matcher(path.get(i)).matches()) {
                return Optional.empty();
            }
            if (isName(segment)) {
                values.put(inner(segment), path.get(i));
            }
        }
        return Optional.of(values);
    }

    /** {@return the segments of a request's path, escapes resolved; empty for what is none} */
    static Optional<List<String>> split(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            Optional<String> plain = Escaped.decode(segment, false);
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            segments.add(plain.get());
        }
        return Optional.of(segments);
    }
}
