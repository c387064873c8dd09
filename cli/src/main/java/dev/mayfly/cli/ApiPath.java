package dev.mayfly.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Paths of the admin API. What a person typed is escaped, so that it names one thing at most. */
final class ApiPath {
    private ApiPath() {}

    /** {@return {@code /v1/…}} */
    static String of(String... segments) {
        return Arrays.stream(segments)
                .map(ApiPath::escaped)
                .collect(Collectors.joining("/", "/v1/", ""));
    }

    /** {@return {@code path} with those of {@code query} that are not empty} */
    static String with(Map<String, String> query, String path) {
        String text =
                query.entrySet().stream()
                        .filter(each -> !each.getValue().isEmpty())
                        .map(each -> each.getKey() + "=" + escaped(each.getValue()))
                        .collect(Collectors.joining("&"));
        return text.isEmpty() ? path : path + "?" + text;
    }

    /** A segment of dots would be read as a way up. */
    private static String escaped(String text) {
        if (text.isEmpty() || text.matches("\\.+")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: a name, not empty and not of dots)");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
