package dev.mayfly.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is checked of a valid manifest when somebody wants to run it: the server's own limits, and
 * which features this build serves. Owned by the thread that asks.
 */
final class LoadRules {
    private final Manifest manifest;
    private final List<Problem> problems = new ArrayList<>();

    private LoadRules(Manifest manifest) {
        this.manifest = manifest;
    }

    static List<Problem> exceeding(Manifest manifest, ServerLimits server) {
        LoadRules rules = new LoadRules(manifest);
        manifest.functions().values().forEach(spec -> rules.compare(spec, server));
        return rules.sorted();
    }

    static List<Problem> notServed(Manifest manifest) {
        LoadRules rules = new LoadRules(manifest);
        manifest.functions().values().forEach(rules::checkServed);
        return rules.sorted();
    }

    private List<Problem> sorted() {
        problems.sort(Problem.BY_PLACE);
        return List.copyOf(problems);
    }

    private void problem(String key, String message, String mend) {
        problems.add(Problem.of(manifest.places().of(key), key, message, mend));
    }

    private static KeyPath path(FunctionSpec spec) {
        return KeyPath.ROOT.key("function").key(spec.name());
    }

    private void compare(FunctionSpec spec, ServerLimits server) {
        KeyPath limits = path(spec).key("limits");
        FunctionSpec.Limits wanted = spec.limits();
        long memory = (long) wanted.memoryPages() * LimitsTable.PAGE_BYTES;
        compare(limits.key("memory"), memory, server.maxMemoryBytes(), "max_memory");
        compare(
                limits.key("request_body"),
                wanted.requestBodyBytes(),
                server.maxRequestBodyBytes(),
                "max_request_body");
        Duration timeout = wanted.timeout();
        if (timeout.compareTo(server.maxTimeout()) > 0) {
            String shown = Quantities.shown(timeout);
            exceeds(
                    limits.key("timeout"),
                    shown,
                    Quantities.shown(server.maxTimeout()),
                    "max_timeout");
        }
    }

    private void compare(KeyPath key, long wanted, long most, String name) {
        if (wanted > most) {
            exceeds(key, Quantities.shown(wanted), Quantities.shown(most), name);
        }
    }

    private void exceeds(KeyPath key, String wanted, String most, String name) {
        problem(
                key.text(),
                wanted
                        + " is above the server's limits."
                        + name
                        + " (expected: at most "
                        + most
                        + ")",
                "write " + Shown.of(most) + " or less, or raise limits." + name + " on the server");
    }

    private void notServed(String key, String what) {
        problem(key, what + " not served by this build yet", "remove it to run the app");
    }

    private void checkServed(FunctionSpec spec) {
        KeyPath path = path(spec);
        switch (spec.source()) {
            case FunctionSpec.Source.File _ -> {}
            case FunctionSpec.Source.Url _ ->
                    notServed(path.key("source").text(), "modules from a URL are");
            case FunctionSpec.Source.Registry _ ->
                    notServed(path.key("source").text(), "modules from a registry are");
        }
        checkAccess(spec.access(), path);
    }

    private void checkAccess(FunctionSpec.Access access, KeyPath path) {
        if (!access.allowedOutboundHosts().isEmpty()) {
            notServed(path.key("allowed_outbound_hosts").text(), "outbound calls are");
        }
        if (!access.keyValueStores().isEmpty()) {
            notServed(path.key("key_value_stores").text(), "key-value stores are");
        }
        if (access.activations() == FunctionSpec.Activations.BODIES) {
            notServed(path.key("record").text(), "recorded bodies are");
        }
    }
}
