package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts variables into one manifest. Secret values never get into a problem: whatever a secret
 * variable is part of is shown as it is written, with its braces.
 */
final class Resolution {
    private final Manifest manifest;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Resolution(Manifest manifest) {
        this.manifest = manifest;
    }

    static Parsed<Manifest> of(Manifest manifest, Map<String, String> given) {
        Resolution resolution = new Resolution(manifest);
        resolution.collect(given);
        Manifest resolved = resolution.filled();
        resolution.problems.addAll(Claim.clashes(claims(resolved)));
        resolution.problems.sort(Problem.BY_PLACE);
        return resolution.problems.isEmpty()
                ? new Parsed.Valid<>(resolved)
                : new Parsed.Invalid<>(resolution.problems);
    }

    private void collect(Map<String, String> given) {
        Set<String> declared = manifest.variables().keySet();
        given.keySet().stream()
                .filter(name -> !declared.contains(name))
                .sorted()
                .forEach(this::refuseUndeclared);
        manifest.variables()
                .forEach((name, variable) ->
                        Optional.ofNullable(given.get(name))
                                .or(variable::fallback)
                                .ifPresentOrElse(
                                        value -> accept(name, value), () -> refuseMissing(name)));
    }

    private void refuseUndeclared(String name) {
        String mend =
                Nearest.to(name, manifest.variables().keySet())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("add it to [variables] of app.toml, or do not give it");
        problem(key(name), "a value is given but the variable is not declared", mend);
    }

    private void refuseMissing(String name) {
        problem(key(name), "has no value (expected: one given, it is required)", "give it a value");
    }

    private void accept(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            problem(key(name), "its value has a NUL", "give it another value");
        }
        values.put(name, value);
    }

    private static String key(String name) {
        return KeyPath.ROOT.key("variables").key(name).text();
    }

    private void problem(String key, String message, String mend) {
        problems.add(Problem.of(manifest.places().of(key), key, message, mend));
    }

    private Manifest filled() {
        List<HttpRoute> http = new ArrayList<>();
        for (int i = 0; i < manifest.http().size(); i++) {
            http.add(filled(manifest.http().get(i), "trigger.http[" + i + "]"));
        }
        List<KafkaTrigger> kafka = new ArrayList<>();
        for (int i = 0; i < manifest.kafka().size(); i++) {
            kafka.add(filled(manifest.kafka().get(i), "trigger.kafka[" + i + "]"));
        }
        Map<String, FunctionSpec> functions = new LinkedHashMap<>();
        manifest.functions().forEach((name, spec) -> functions.put(name, filled(spec)));
        return new Manifest(
                manifest.app(), manifest.variables(), http, kafka, functions, manifest.places());
    }

    private HttpRoute filled(HttpRoute route, String path) {
        return new HttpRoute(
                route.route(),
                route.methods(),
                all(route.hosts(), Hosts.ROUTED, path + ".hosts"),
                route.isPrivate(),
                route.target(),
                route.rateLimit(),
                route.sticky());
    }

    private KafkaTrigger filled(KafkaTrigger trigger, String path) {
        List<String> topics = all(trigger.topics(), Names.TOPIC, path + ".topics");
        return KafkaTable.withTopics(
                trigger,
                topics,
                trigger.deadLetterTopic()
                        .map(topic -> target(topic, path + ".dead_letter_topic", topics)),
                trigger.outputTopic().map(topic -> target(topic, path + ".output_topic", topics)));
    }

    private String target(String topic, String path, List<String> topics) {
        String filled = one(topic, Names.TOPIC, path);
        if (topics.contains(filled)) {
            String message = Shown.of(topic) + " is with its values one of topics";
            problem(path, message + ": its records would come round", "choose another topic");
        }
        return filled;
    }

    private FunctionSpec filled(FunctionSpec spec) {
        KeyPath path = KeyPath.ROOT.key("function").key(spec.name());
        KeyPath environment = path.key("environment");
        Map<String, String> filled = new LinkedHashMap<>();
        spec.environment()
                .forEach((name, value) -> {
                    String key = environment.key(name).text();
                    filled.put(name, one(value, Substituted.VALUE, key));
                });
        String outbound = path.key("allowed_outbound_hosts").text();
        FunctionSpec.Access access =
                new FunctionSpec.Access(
                        all(spec.access().allowedOutboundHosts(), Hosts.OUTBOUND, outbound),
                        spec.access().keyValueStores(),
                        spec.access().activations());
        return spec.with(filled).with(access);
    }

    private List<String> all(List<String> texts, Text<String> format, String path) {
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            filled.add(one(texts.get(i), format, path + "[" + i + "]"));
        }
        return filled;
    }

    /**
     * Fills one text and checks what it became; itself when it has no variables or lacks values.
     */
    private String one(String text, Text<String> format, String key) {
        if (!Template.isIn(text)
                || !(Template.read(text) instanceof Reading.Good<Template>(Template template))
                || !values.keySet().containsAll(template.names())) {
            return text;
        }
        String filled = template.filled(values);
        return switch (format.read(filled)) {
            case Reading.Good<String>(String good) -> good;
            case Reading.Bad<String> bad -> {
                refuse(text, filled, format, key, template.names(), bad);
                yield text;
            }
        };
    }

    // Six things make the sentence; an object for them would only be unpacked here.
    private void refuse(
            String text,
            String filled,
            Text<String> format,
            String key,
            List<String> names,
            Reading.Bad<String> bad) {
        boolean secret = names.stream().anyMatch(this::isSecret);
        String with = Shown.of(text) + (secret ? " with its values" : " as " + Shown.of(filled));
        String why = secret ? "expected: " + format.expected() : bad.why();
        problem(
                key,
                with + " is not " + format.noun() + " (" + why + ")",
                "give another value for " + String.join(" or ", names));
    }

    private boolean isSecret(String name) {
        Manifest.Variable variable = manifest.variables().get(name);
        return variable != null && variable.secret();
    }

    private static List<Claim> claims(Manifest manifest) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < manifest.http().size(); i++) {
            HttpRoute route = manifest.http().get(i);
            KeyPath path = KeyPath.ROOT.key("trigger").key("http").element(i).key("route");
            Place place = manifest.places().of(path.text());
            claims.add(new Claim(route.route(), route.methods(), route.hosts(), path, place));
        }
        return claims;
    }

    /** Adds variables from outside the file to every function. */
    static Parsed<Manifest> withEnvironment(Manifest manifest, Map<String, String> given) {
        Findings findings = new Findings();
        given.forEach((name, value) -> {
            KeyPath path = new KeyPath("--env " + name, name);
            Node key = new Node.Scalar(Place.UNKNOWN, name);
            ContractNames.FREE_NAME.read(key, path, findings);
            if (!manifest.kafka().isEmpty() && ContractNames.isOfRecords(name)) {
                String message = ContractNames.refusal(name);
                findings.add(
                        Findings.Kind.BEYOND_SCHEMA,
                        Place.UNKNOWN,
                        path,
                        message,
                        "choose another name");
            }
            Node node = new Node.Scalar(Place.UNKNOWN, value);
            Substituted.VALUE.secret().read(node, path, findings);
        });
        if (findings.count() > 0) {
            return new Parsed.Invalid<>(findings.problems());
        }
        return new Parsed.Valid<>(manifest.withFunctions(spec -> added(spec, given)));
    }

    private static FunctionSpec added(FunctionSpec spec, Map<String, String> given) {
        Map<String, String> environment = new LinkedHashMap<>(spec.environment());
        environment.putAll(given);
        return spec.with(environment);
    }
}
