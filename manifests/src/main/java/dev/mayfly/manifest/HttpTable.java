package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code [[trigger.http]]}. */
final class HttpTable {
    static final Key<RoutePattern> ROUTE_PATTERN =
            Key.required(
                    "route",
                    RouteText.ROUTE,
                    "/a/b, /users/:id, with a trailing /... for all below.");
    static final Key<List<String>> METHODS =
            Key.optional(
                    "methods",
                    Series.someDistinct(HttpWords.METHOD),
                    "Methods it answers; all when absent. GET implies HEAD.");
    static final Key<List<String>> HOSTS =
            Key.optional(
                    "hosts",
                    Series.someDistinct(new Templated(Hosts.ROUTED)),
                    "Hosts it answers, exact or *.suffix; any when absent.");
    static final Key<Boolean> PRIVATE =
            Key.of(
                    "private",
                    Flag.EITHER,
                    false,
                    "404 from outside; reached by local redirects only.");
    static final Key<String> FUNCTION =
            Key.optional("function", Names.FUNCTION, "The function that answers.");

    static final Key<Integer> STATUS = Key.of("status", new Whole(200, 599), 200, "The status.");
    static final Key<Map<String, String>> HEADERS =
            Key.of(
                    "headers",
                    new Named<>(HttpWords.HEADER_NAME, HttpWords.HEADER_VALUE),
                    Map.of(),
                    "Header fields by name.");
    static final Key<String> BODY = Key.of("body", Text.any("text", "text"), "", "The body.");

    static final Key<HttpRoute.Target.StaticResponse> STATIC_RESPONSE =
            Key.optional(
                    "static_response",
                    new Struct<>(
                            "a static response",
                            "{ status = 301, headers = { location = \"/hello\" } }",
                            List.of(STATUS, HEADERS, BODY),
                            List.of(),
                            section ->
                                    new HttpRoute.Target.StaticResponse(
                                            section.get(STATUS),
                                            section.get(HEADERS),
                                            section.get(BODY))),
                    "A fixed answer; no guest runs.");

    static final Key<String> FILES_SOURCE =
            Key.required("source", Paths.RELATIVE, "The folder, relative to app.toml.");
    static final Key<String> FALLBACK =
            Key.optional(
                    "fallback",
                    Paths.RELATIVE,
                    "File in the folder for paths that match none, with status 200.");
    static final Key<String> NOT_FOUND =
            Key.optional(
                    "not_found",
                    Paths.RELATIVE,
                    "File in the folder for paths that match none, with status 404.");
    static final Key<String> CACHE_CONTROL =
            Key.optional(
                    "cache_control", HttpWords.HEADER_VALUE, "The Cache-Control of every file.");

    static final Key<HttpRoute.Target.Files> FILES =
            Key.optional(
                    "files",
                    new Struct<>(
                            "files",
                            "{ source = \"public\" }",
                            List.of(FILES_SOURCE, FALLBACK, NOT_FOUND, CACHE_CONTROL),
                            List.of(),
                            section ->
                                    new HttpRoute.Target.Files(
                                            section.get(FILES_SOURCE),
                                            section.find(FALLBACK),
                                            section.find(NOT_FOUND),
                                            section.find(CACHE_CONTROL))),
                    "Files served by the gateway; no guest runs.");

    static final Key<Integer> REQUESTS =
            Key.required("requests", Whole.POSITIVE, "At most so many.");
    static final Key<Duration> PER = Key.required("per", Quantities.DURATION, "In this time.");
    static final Key<String> BY =
            Key.of("by", HttpWords.CALLER, "ip", "What tells callers apart: ip or header:<name>.");

    static final Key<HttpRoute.RateLimit> RATE_LIMIT =
            Key.optional(
                    "rate_limit",
                    new Struct<>(
                            "a rate limit",
                            "{ requests = 100, per = \"1m\" }",
                            List.of(REQUESTS, PER, BY),
                            List.of(),
                            section ->
                                    new HttpRoute.RateLimit(
                                            section.get(REQUESTS),
                                            section.get(PER),
                                            section.get(BY))),
                    "Above it, 429.");
    static final Key<String> STICKY =
            Key.optional(
                    "sticky",
                    HttpWords.STICKY,
                    "What decides which revision of a split a caller sees.");

    static final Struct<HttpRoute> ROUTE =
            new Struct<>(
                    "an HTTP trigger",
                    "[[trigger.http]] with route = \"/hello\" and function = \"hello\"",
                    List.of(
                            ROUTE_PATTERN,
                            METHODS,
                            HOSTS,
                            PRIVATE,
                            FUNCTION,
                            STATIC_RESPONSE,
                            FILES,
                            RATE_LIMIT,
                            STICKY,
                            CorsTable.CORS),
                    List.of(
                            new Struct.Rule.ExactlyOne(
                                    List.of("function", "static_response", "files"))),
                    HttpTable::route);

    private HttpTable() {}

    private static HttpRoute route(Section section) {
        return new HttpRoute(
                section.get(ROUTE_PATTERN),
                section.find(METHODS).orElse(List.of()),
                section.find(HOSTS).orElse(List.of()),
                section.get(PRIVATE),
                target(section),
                section.find(RATE_LIMIT),
                section.find(STICKY),
                section.find(CorsTable.CORS));
    }

    private static HttpRoute.Target target(Section section) {
        Optional<HttpRoute.Target> fixed = section.find(STATIC_RESPONSE).map(answer -> answer);
        Optional<HttpRoute.Target> files = section.find(FILES).map(served -> served);
        return fixed.or(() -> files)
                .orElseGet(() -> new HttpRoute.Target.ToFunction(section.get(FUNCTION)));
    }
}
