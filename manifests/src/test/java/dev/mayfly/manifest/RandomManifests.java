package dev.mayfly.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Random valid manifests. */
final class RandomManifests {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String ANY = LOWER + "AZ09 _-.,:;/\\\"'#=[]{}()$%&\n\r\té€\u007f\u0001";

    private final Dice dice;

    RandomManifests(Dice dice) {
        this.dice = dice;
    }

    Manifest next() {
        Map<String, Manifest.Variable> variables = dice.map(3, this::name, this::variable);
        Map<String, FunctionSpec> functions = new LinkedHashMap<>();
        for (String name : dice.distinct(1, 3, this::name)) {
            functions.put(name, function(name, List.copyOf(variables.keySet())));
        }
        List<String> names = List.copyOf(functions.keySet());
        List<HttpRoute> http = new ArrayList<>();
        int routes = dice.below(5);
        for (int i = 0; i < routes; i++) {
            http.add(route("/r" + i, names));
        }
        String app = name();
        return new Manifest(
                new Manifest.App(app, dice.maybe(this::text), dice.maybe(this::text)),
                variables,
                http,
                dice.some(0, 2, () -> kafka(names)),
                functions);
    }

    private String name() {
        return dice.text(LOWER, 1, 8);
    }

    private String text() {
        return dice.text(ANY, 0, 20) + dice.of(List.of("", "😀"));
    }

    private String line() {
        return dice.text(LOWER + "AZ09 _-.,:;/\"'=", 1, 12).strip() + "x";
    }

    private String path() {
        return String.join("/", dice.some(1, 3, () -> name() + dice.of(List.of("", ".x", "…"))));
    }

    private Duration duration() {
        return Duration.ofMillis(dice.from(1, 999) * dice.of(List.of(1L, 1_000L, 60_000L)));
    }

    private long size() {
        return dice.from(1, 999) * dice.of(List.of(1L, 1L << 10, 1L << 20));
    }

    private Manifest.Variable variable() {
        return new Manifest.Variable(dice.maybe(this::text), dice.coin());
    }

    private HttpRoute route(String prefix, List<String> functions) {
        String text = prefix + dice.of(List.of("", "/", "/...", "/:id", "/:a/b%20c/:b-c/..."));
        return new HttpRoute(
                Samples.valid(RoutePattern.read(text)),
                dice.distinct(0, 2, () -> dice.of(List.of("GET", "POST", "X-Y", "OPTIONS"))),
                dice.distinct(0, 2, this::host),
                dice.coin(),
                target(functions),
                dice.maybe(() ->
                        new HttpRoute.RateLimit(
                                dice.from(1, 99),
                                duration(),
                                dice.of(List.of("ip", "header:x-key")))),
                dice.maybe(() -> dice.of(List.of("cookie", "header:x-key"))));
    }

    private String host() {
        return dice.of(List.of("", "*.")) + name() + "." + name();
    }

    private HttpRoute.Target target(List<String> functions) {
        return switch (dice.below(3)) {
            case 0 -> new HttpRoute.Target.ToFunction(dice.of(functions));
            case 1 ->
                    new HttpRoute.Target.StaticResponse(
                            dice.from(200, 599),
                            dice.map(2, () -> "x-" + name(), this::line),
                            text());
            default ->
                    new HttpRoute.Target.Files(
                            path(),
                            dice.maybe(this::path),
                            dice.maybe(this::path),
                            dice.maybe(this::line));
        };
    }

    private KafkaTrigger kafka(List<String> functions) {
        Optional<String> deadLetter = dice.maybe(() -> "dead." + name());
        Duration backoff = duration();
        return new KafkaTrigger(
                dice.distinct(1, 3, this::name),
                dice.of(functions),
                name(),
                dice.of(List.of(KafkaTrigger.StartFrom.values())),
                new KafkaTrigger.Retry(dice.from(1, 9), backoff, backoff.multipliedBy(2)),
                deadLetter.isPresent()
                        ? KafkaTrigger.OnExhausted.STOP
                        : dice.of(List.of(KafkaTrigger.OnExhausted.values())),
                deadLetter,
                dice.maybe(() -> "out." + name()),
                dice.of(List.of(KafkaTrigger.Output.values())),
                dice.coin(),
                dice.from(1, 999));
    }

    private FunctionSpec function(String name, List<String> variables) {
        return new FunctionSpec(
                name,
                source(),
                dice.maybe(this::name),
                argv(),
                dice.map(3, () -> "E_" + name(), () -> value(variables)),
                mounts(),
                access(),
                dice.of(List.of(FunctionSpec.BodyMode.values())),
                limits(),
                new FunctionSpec.Pool(duration(), dice.below(4)),
                new FunctionSpec.Snapshot(dice.some(0, 2, this::request), dice.coin()),
                dice.some(0, 2, this::check),
                dice.maybe(() -> new FunctionSpec.Build(line(), dice.some(0, 2, this::path))));
    }

    /** Braces of its own could join those of the variable. */
    private String value(List<String> variables) {
        String plain = text().replace("{", "");
        return variables.isEmpty() ? plain : plain + "{{ " + dice.of(variables) + " }}" + plain;
    }

    private FunctionSpec.Source source() {
        String digest = "sha256:" + dice.text("0123456789abcdef", 64, 64);
        return switch (dice.below(3)) {
            case 0 -> new FunctionSpec.Source.File(path());
            case 1 ->
                    new FunctionSpec.Source.Url(
                            "https://" + host().replace("*.", "") + "/x", digest);
            default -> new FunctionSpec.Source.Registry("ghcr.io/" + name() + ":1", digest);
        };
    }

    private ArgvTemplate argv() {
        String text =
                dice.of(
                        List.of(
                                "${SCRIPT_NAME} ${ARGS}",
                                "a \"b c\" x${SCRIPT_NAME}y",
                                "",
                                "${ARGS}"));
        return ArgvText.read(text) instanceof Reading.Good<ArgvTemplate>(ArgvTemplate template)
                ? template
                : ArgvTemplate.DEFAULT;
    }

    private List<FunctionSpec.Mount> mounts() {
        return dice.distinct(0, 2, this::name).stream()
                .map(to -> new FunctionSpec.Mount(path(), "/" + to))
                .toList();
    }

    private FunctionSpec.Access access() {
        List<String> hosts = List.of("https://a.test", "*.a.test", "10.0.0.0/8", "http://[::1]:80");
        return new FunctionSpec.Access(
                dice.some(0, 2, () -> dice.of(hosts)),
                dice.some(0, 2, this::name),
                dice.of(List.of(FunctionSpec.Activations.values())));
    }

    private FunctionSpec.Limits limits() {
        return new FunctionSpec.Limits(
                dice.from(1, 65_536),
                duration(),
                duration(),
                duration(),
                dice.maybe(() -> dice.from(1, 99)),
                dice.from(1, 999),
                size(),
                size(),
                size(),
                size());
    }

    private FunctionSpec.MadeRequest request() {
        String target = "/" + name() + dice.of(List.of("", "?a=b&c", "/%20"));
        return new FunctionSpec.MadeRequest(
                dice.of(List.of("GET", "PUT")), target, dice.coin() ? line() : "");
    }

    private FunctionSpec.Check check() {
        return new FunctionSpec.Check(
                request(), dice.maybe(() -> dice.from(200, 599)), dice.maybe(this::text));
    }
}
