package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a manifest out as app.toml, every key in full. */
final class Written {
    private Written() {}

    static String of(Manifest manifest) {
        Map<String, Object> root = table();
        root.put("manifest_version", 1);
        root.put("app", app(manifest.app()));
        Map<String, Object> variables = table();
        manifest.variables().forEach((name, variable) -> variables.put(name, variable(variable)));
        root.put("variables", variables);
        Map<String, Object> triggers = table();
        triggers.put("http", manifest.http().stream().map(Written::route).toList());
        triggers.put("kafka", manifest.kafka().stream().map(Written::kafka).toList());
        root.put("trigger", triggers);
        Map<String, Object> functions = table();
        manifest.functions().forEach((name, spec) -> functions.put(name, function(spec)));
        root.put("function", functions);
        return TomlText.of(root);
    }

    private static Map<String, Object> table() {
        return new LinkedHashMap<>();
    }

    private static void put(Map<String, Object> table, String key, Optional<?> value) {
        value.ifPresent(there -> table.put(key, there));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> app(Manifest.App app) {
        Map<String, Object> table = table();
        table.put("name", app.name());
        put(table, "version", app.version());
        put(table, "description", app.description());
        return table;
    }

    private static Map<String, Object> variable(Manifest.Variable variable) {
        Map<String, Object> table = table();
        variable.fallback()
                .ifPresentOrElse(
                        value -> table.put("default", value), () -> table.put("required", true));
        table.put("secret", variable.secret());
        return table;
    }

    private static Map<String, Object> route(HttpRoute route) {
        Map<String, Object> table = table();
        table.put("route", route.route().text());
        put(table, "methods", Optional.of(route.methods()).filter(list -> !list.isEmpty()));
        put(table, "hosts", Optional.of(route.hosts()).filter(list -> !list.isEmpty()));
        table.put("private", route.isPrivate());
        target(route.target(), table);
        put(table, "rate_limit", route.rateLimit().map(Written::rateLimit));
        put(table, "sticky", route.sticky());
        put(table, "cors", route.cors().map(Written::cors));
        return table;
    }

    private static Map<String, Object> cors(HttpRoute.Cors cors) {
        Map<String, Object> table = table();
        table.put("origins", cors.origins());
        put(table, "methods", Optional.of(cors.methods()).filter(list -> !list.isEmpty()));
        table.put("headers", cors.headers());
        table.put("expose", cors.expose());
        table.put("credentials", cors.credentials());
        put(table, "max_age", cors.maxAge().map(Quantities::shown));
        return table;
    }

    private static Map<String, Object> rateLimit(HttpRoute.RateLimit limit) {
        Map<String, Object> table = table();
        table.put("requests", limit.requests());
        table.put("per", Quantities.shown(limit.per()));
        table.put("by", limit.by());
        return table;
    }

    private static void target(HttpRoute.Target target, Map<String, Object> table) {
        Map<String, Object> inner = table();
        switch (target) {
            case HttpRoute.Target.ToFunction(String name) -> table.put("function", name);
            case HttpRoute.Target.StaticResponse answer -> {
                inner.put("status", answer.status());
                inner.put("headers", answer.headers());
                inner.put("body", answer.body());
                table.put("static_response", inner);
            }
            case HttpRoute.Target.Files files -> {
                inner.put("source", files.source());
                put(inner, "fallback", files.fallback());
                put(inner, "not_found", files.notFound());
                put(inner, "cache_control", files.cacheControl());
                table.put("files", inner);
            }
        }
    }

    private static Map<String, Object> kafka(KafkaTrigger trigger) {
        Map<String, Object> table = table();
        table.put("topics", trigger.topics());
        table.put("function", trigger.function());
        table.put("group", trigger.group());
        table.put("start_from", word(trigger.startFrom()));
        Map<String, Object> retry = table();
        retry.put("attempts", trigger.retry().attempts());
        retry.put("backoff", Quantities.shown(trigger.retry().backoff()));
        retry.put("max_backoff", Quantities.shown(trigger.retry().maxBackoff()));
        table.put("retry", retry);
        if (trigger.deadLetterTopic().isEmpty()) {
            table.put("on_exhausted", word(trigger.onExhausted()));
        }
        put(table, "dead_letter_topic", trigger.deadLetterTopic());
        put(table, "output_topic", trigger.outputTopic());
        table.put("output", word(trigger.output()));
        table.put("exactly_once", trigger.exactlyOnce());
        table.put("max_in_flight", trigger.maxInFlight());
        return table;
    }

    private static Map<String, Object> function(FunctionSpec spec) {
        Map<String, Object> table = table();
        table.put("source", source(spec.source()));
        put(table, "entrypoint", spec.entrypoint());
        table.put("argv", spec.argv().text());
        table.put("environment", spec.environment());
        table.put(
                "files",
                spec.mounts().stream()
                        .map(m -> Ordered.of("source", m.source(), "destination", m.destination()))
                        .toList());
        table.put("allowed_outbound_hosts", spec.access().allowedOutboundHosts());
        table.put("key_value_stores", spec.access().keyValueStores());
        table.put("record", word(spec.access().activations()));
        table.put("request_body_mode", word(spec.bodyMode()));
        table.put("limits", limits(spec.limits()));
        Map<String, Object> pool = table();
        pool.put("idle_timeout", Quantities.shown(spec.pool().idleTimeout()));
        pool.put("min_ready", spec.pool().minReady());
        table.put("pool", pool);
        Map<String, Object> snapshot = table();
        snapshot.put("warmup", spec.snapshot().warmup().stream().map(Written::line).toList());
        snapshot.put("allow_entropy", spec.snapshot().allowEntropy());
        table.put("snapshot", snapshot);
        table.put("check", spec.checks().stream().map(Written::check).toList());
        put(table, "build", spec.build().map(Written::build));
        return table;
    }

    private static Object source(FunctionSpec.Source source) {
        return switch (source) {
            case FunctionSpec.Source.File(String path) -> path;
            case FunctionSpec.Source.Url(String url, String digest) ->
                    Ordered.of("url", url, "digest", digest);
            case FunctionSpec.Source.Registry(String registry, String digest) ->
                    Ordered.of("registry", registry, "digest", digest);
        };
    }

    private static Map<String, Object> limits(FunctionSpec.Limits limits) {
        Map<String, Object> table = table();
        table.put("memory", Quantities.shown((long) limits.memoryPages() * LimitsTable.PAGE_BYTES));
        table.put("timeout", Quantities.shown(limits.timeout()));
        table.put("queue_timeout", Quantities.shown(limits.queueTimeout()));
        table.put("cpu", Quantities.shown(limits.cpu()));
        put(table, "concurrency", limits.concurrency());
        table.put("queue", limits.queue());
        table.put("stack", Quantities.shown(limits.stackBytes()));
        table.put("request_body", Quantities.shown(limits.requestBodyBytes()));
        table.put("response_body", Quantities.shown(limits.responseBodyBytes()));
        table.put("log_bytes", Quantities.shown(limits.logBytes()));
        return table;
    }

    private static String line(FunctionSpec.MadeRequest request) {
        String line = request.method() + " " + request.target();
        return request.body().isEmpty() ? line : line + " " + request.body();
    }

    private static Map<String, Object> check(FunctionSpec.Check check) {
        Map<String, Object> table = table();
        table.put("request", line(check.request()));
        put(table, "status", check.status());
        put(table, "body_contains", check.bodyContains());
        return table;
    }

    private static Map<String, Object> build(FunctionSpec.Build build) {
        return Ordered.of("command", build.command(), "watch", build.watch());
    }
}
