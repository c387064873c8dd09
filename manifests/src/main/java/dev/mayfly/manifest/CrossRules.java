package dev.mayfly.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The rules that span several keys. They read the document and not the finished manifest, so that
 * they are checked, and reported in the same go, also when some values are wrong: those are passed
 * over here.
 */
final class CrossRules {
    private static final Findings.Kind KIND = Findings.Kind.BEYOND_SCHEMA;

    private final Node.Table root;
    private final Findings findings;
    private final Set<String> onRecords = new HashSet<>();

    private CrossRules(Node.Table root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    static void check(Node.Table root, Findings findings) {
        CrossRules rules = new CrossRules(root, findings);
        rules.forEachTrigger("http", rules::checkRoute);
        rules.forEachTrigger("kafka", rules::checkSubscription);
        rules.checkClashes();
        rules.forEachFunction(rules::checkFunction);
    }

    private void forEachTrigger(String kind, BiConsumer<Node.Table, KeyPath> rule) {
        List<Node> triggers = root.table("trigger").list(kind);
        KeyPath path = KeyPath.ROOT.key("trigger").key(kind);
        for (int i = 0; i < triggers.size(); i++) {
            if (triggers.get(i) instanceof Node.Table trigger) {
                rule.accept(trigger, path.element(i));
            }
        }
    }

    private void forEachFunction(BiConsumer<Node.Table, KeyPath> rule) {
        root.table("function")
                .entries()
                .forEach((name, node) -> {
                    if (node instanceof Node.Table function) {
                        rule.accept(function, KeyPath.ROOT.key("function").key(name));
                    }
                });
    }

    private void checkRoute(Node.Table trigger, KeyPath path) {
        checkFunctionName(trigger, path);
        checkVariables(trigger, "hosts", path);
        Map<String, Node> headers = trigger.table("static_response").table("headers").entries();
        KeyPath at = path.key("static_response").key("headers");
        Set<String> seen = new HashSet<>();
        headers.forEach((name, node) -> {
            if (!seen.add(HttpWords.folded(name))) {
                String message = "is there twice, in another case";
                findings.add(KIND, node.place(), at.key(name), message, "keep one");
            }
        });
    }

    private void checkSubscription(Node.Table trigger, KeyPath path) {
        checkFunctionName(trigger, path);
        trigger.text("function").ifPresent(onRecords::add);
        checkVariables(trigger, "topics", path);
        checkVariables(trigger, "dead_letter_topic", path);
        checkVariables(trigger, "output_topic", path);
        checkBackoff(trigger.table("retry"), path.key("retry"));
        checkRound(trigger, "dead_letter_topic", path);
        checkRound(trigger, "output_topic", path);
    }

    /** What a function is told of, it must not be told of again by itself. */
    private void checkRound(Node.Table trigger, String key, KeyPath path) {
        if (trigger.entries().get(key) instanceof Node.Scalar(Place place, String topic)
                && trigger.texts("topics").contains(topic)) {
            String message = Shown.of(topic) + " is one of topics: its records would come round";
            findings.add(KIND, place, path.key(key), message, "choose another topic");
        }
    }

    private void checkBackoff(Node.Table retry, KeyPath path) {
        Duration least = duration(retry, "backoff", Duration.ofMillis(200));
        Duration most = duration(retry, "max_backoff", Duration.ofSeconds(30));
        if (least.compareTo(most) > 0) {
            String key = retry.find("backoff").isPresent() ? "backoff" : "max_backoff";
            String message =
                    "backoff "
                            + Quantities.shown(least)
                            + " is longer than max_backoff "
                            + Quantities.shown(most);
            Place place = retry.find(key).map(Node::place).orElse(retry.place());
            findings.add(KIND, place, path.key(key), message, "raise max_backoff");
        }
    }

    private static Duration duration(Node.Table table, String key, Duration fallback) {
        return table.text(key)
                .map(Quantities.DURATION::read)
                .map(read -> read instanceof Reading.Good<Duration>(Duration d) ? d : fallback)
                .orElse(fallback);
    }

    private void checkFunctionName(Node.Table trigger, KeyPath path) {
        Set<String> functions = root.table("function").entries().keySet();
        if (trigger.entries().get("function") instanceof Node.Scalar(Place place, String name)
                && !functions.contains(name)) {
            String known = functions.isEmpty() ? "none" : String.join(", ", functions);
            String message =
                    Shown.of(name) + " is no function of this app (expected: one of " + known + ")";
            String mend =
                    Nearest.to(name, functions)
                            .map(near -> "did you mean " + Shown.of(near) + "?")
                            .orElse("add [function." + KeyPath.quoted(name) + "]");
            findings.add(KIND, place, path.key("function"), message, mend);
        }
    }

    private void checkClashes() {
        List<Claim> claims = new ArrayList<>();
        forEachTrigger(
                "http",
                (trigger, path) ->
                        trigger.text("route")
                                .map(RouteText.ROUTE::read)
                                .ifPresent(read -> {
                                    if (read
                                            instanceof
                                            Reading.Good<RoutePattern>(RoutePattern route)) {
                                        claims.add(claim(route, trigger, path));
                                    }
                                }));
        Claim.clashes(claims).forEach(problem -> findings.add(KIND, problem));
    }

    private static Claim claim(RoutePattern route, Node.Table trigger, KeyPath path) {
        Place place = trigger.find("route").map(Node::place).orElse(trigger.place());
        return new Claim(
                route, trigger.texts("methods"), trigger.texts("hosts"), path.key("route"), place);
    }

    private void checkFunction(Node.Table function, KeyPath path) {
        checkVariables(function, "environment", path);
        checkVariables(function, "allowed_outbound_hosts", path);
        checkDestinations(function.list("files"), path.key("files"));
        if (onRecords.contains(path.name())) {
            checkNames(function.table("environment"), path.key("environment"));
        }
    }

    private void checkNames(Node.Table environment, KeyPath path) {
        environment
                .entries()
                .forEach((name, node) -> {
                    if (ContractNames.isOfRecords(name)) {
                        String message = ContractNames.refusal(name);
                        findings.add(
                                KIND, node.place(), path.key(name), message, "choose another name");
                    }
                });
    }

    private void checkDestinations(List<Node> files, KeyPath path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i) instanceof Node.Table file
                    && file.entries().get("destination") instanceof Node.Scalar(Place at, String to)
                    && !seen.add(to)) {
                String message = Shown.of(to) + " is taken by an earlier entry of files";
                KeyPath key = path.element(i).key("destination");
                findings.add(KIND, at, key, message, "choose another destination");
            }
        }
    }

    /** Every <code>{{ name }}</code> anywhere in the value of {@code key} must be declared. */
    private void checkVariables(Node.Table table, String key, KeyPath path) {
        table.find(key).ifPresent(node -> checkVariables(node, path.key(key)));
    }

    private void checkVariables(Node node, KeyPath path) {
        switch (node) {
            case Node.Table(_, Map<String, Node> entries) ->
                    entries.forEach((key, value) -> checkVariables(value, path.key(key)));
            case Node.Array(_, List<Node> elements) -> {
                for (int i = 0; i < elements.size(); i++) {
                    checkVariables(elements.get(i), path.element(i));
                }
            }
            case Node.Scalar(Place place, String text) ->
                    Template.namesIn(text).forEach(name -> checkDeclared(name, place, path));
            case Node.Scalar _ -> {}
        }
    }

    private void checkDeclared(String name, Place place, KeyPath path) {
        Set<String> declared = root.table("variables").entries().keySet();
        if (!declared.contains(name)) {
            String message = "the variable " + Shown.of(name) + " is not declared";
            String mend =
                    Nearest.to(name, declared)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("add " + name + " = { required = true } to [variables]");
            findings.add(KIND, place, path, message, mend);
        }
    }
}
