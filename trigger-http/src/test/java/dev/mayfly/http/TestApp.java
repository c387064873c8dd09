package dev.mayfly.http;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An app written as app.toml, functions that are Java code, and a trigger that serves both. */
final class TestApp implements RequestLog {
    static final String HEADER = "manifest_version = 1\n[app]\nname = \"app\"\n";

    private final Map<String, GuestFunction> functions = new HashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String triggers;
    private final StringBuilder declared = new StringBuilder();
    private Path folder = Path.of("/nonexistent");
    private List<String> proxies = List.of();
    private Compression compression = Compression.STATIC;

    private TestApp(String triggers) {
        this.triggers = triggers;
    }

    /** {@code triggers} is TOML of {@code [[trigger.http]]} tables. */
    static TestApp of(String triggers) {
        return new TestApp(triggers);
    }

    /** {@return an app whose one function takes every path} */
    static TestApp any(ScriptedFunction.Program program) {
        return of(route("/...", "f")).function("f", program);
    }

    static String route(String pattern, String function) {
        return "[[trigger.http]]\nroute = \"" + pattern + "\"\nfunction = \"" + function + "\"\n";
    }

    TestApp function(String name, ScriptedFunction.Program program) {
        return function(new ScriptedFunction(name, program), "");
    }

    TestApp function(GuestFunction function, String more) {
        String name = function.id().function();
        functions.put(name, function);
        declared.append("[function.%s]\nsource = \"x.wasm\"\n%s\n".formatted(name, more));
        return this;
    }

    TestApp in(Path place) {
        folder = place;
        return this;
    }

    TestApp compressing(Compression wanted) {
        compression = wanted;
        return this;
    }

    TestApp trusting(String... addresses) {
        proxies = List.of(addresses);
        return this;
    }

    static Manifest manifest(String toml) {
        return switch (Manifests.parse(toml)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest> invalid ->
                    throw new AssertionError(invalid.problems() + "\n" + toml);
        };
    }

    Manifest manifest() {
        return manifest(HEADER + triggers + declared);
    }

    AppRoutes routes() {
        return new AppRoutes(manifest(), 0, folder, functions);
    }

    static RouteTable table(AppRoutes... apps) {
        return switch (HttpTrigger.table(Stream.of(apps).map(AppSplit::whole).toList())) {
            case Parsed.Valid<RouteTable>(RouteTable table) -> table;
            case Parsed.Invalid<RouteTable> invalid -> throw new AssertionError(invalid.problems());
        };
    }

    HttpTrigger idle() {
        return new HttpTrigger(
                new HttpSettings(
                        "Mayfly/1", proxies, 1000, Optional.empty(), compression, text -> text),
                this,
                RevisionFinder.NONE);
    }

    HttpTrigger trigger() {
        HttpTrigger trigger = idle();
        trigger.serve(table(routes()));
        return trigger;
    }

    /** {@return the complete answer to a request} */
    TestExchange ask(RequestHead head) throws InterruptedException {
        return ask(head, "");
    }

    TestExchange ask(RequestHead head, String body) throws InterruptedException {
        return ask(new TestExchange(head, body));
    }

    TestExchange ask(TestExchange exchange) throws InterruptedException {
        trigger().handle(exchange);
        return exchange.await();
    }

    /** {@return what the owner was told} */
    List<String> failures() {
        return new ArrayList<>(failures);
    }

    List<String> lines() {
        return new ArrayList<>(lines);
    }

    @Override
    public void guestLine(FunctionId function, RequestName request, String line) {
        lines.add(function.function() + " " + request.id() + " " + line);
    }

    @Override
    public void failure(FunctionId function, RequestName request, String cause) {
        failures.add(cause);
    }
}
