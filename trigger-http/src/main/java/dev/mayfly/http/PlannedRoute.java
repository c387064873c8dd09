package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Activations;
import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One route of one app, before it is bound to a server.
 *
 * @param app whose it is
 * @param route as declared
 * @param pattern the declared one, or a sub-route's
 * @param entrypoint of a sub-route
 */
record PlannedRoute(
        AppRoutes app, HttpRoute route, RoutePattern pattern, Optional<String> entrypoint) {

    String appName() {
        return app.manifest().app().name();
    }

    List<String> hosts() {
        return route.hosts().isEmpty() ? List.of("*") : route.hosts();
    }

    /** {@return whether both want requests that only one can have} */
    boolean clashesWith(PlannedRoute other) {
        boolean share =
                appName().equals(other.appName()) && app.revision() != other.app().revision();
        return !share && sharesMethodWith(other);
    }

    private boolean sharesMethodWith(PlannedRoute other) {
        Set<String> mine = methods();
        Set<String> theirs = other.methods();
        return mine.isEmpty() || theirs.isEmpty() || mine.stream().anyMatch(theirs::contains);
    }

    /** {@return the listed methods, HEAD with GET; empty for all} */
    private Set<String> methods() {
        Set<String> methods = new HashSet<>(route.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    Route bind(Wiring wiring, Function<PlannedRoute, Optional<Throttle>> throttles) {
        return route(functionId(), guarded(wiring, throttles));
    }

    /** {@return the route where revisions share its requests: {@code split} chooses the one} */
    Route shared(Split split, Answers answers) {
        Stickiness stickiness = Stickiness.of(route.sticky(), appName(), answers);
        return route(Optional.empty(), new SplitAnswer(split, stickiness));
    }

    private Route route(Optional<FunctionId> function, Answer answer) {
        RouteNote note =
                new RouteNote(appName(), app.revision(), pattern.text(), function)
                        .keeping(kept(function));
        return new Route(pattern, route.methods(), route.isPrivate(), note, answer);
    }

    /** {@return what its function's declaration says is kept of a request} */
    private Activations kept(Optional<FunctionId> function) {
        return function.map(id -> app.manifest().functions().get(id.function()))
                .map(spec -> spec.access().activations())
                .orElse(Activations.NONE);
    }

    private Answer guarded(Wiring wiring, Function<PlannedRoute, Optional<Throttle>> throttles) {
        Answer answer = answer(wiring);
        Optional<Throttle> throttle = throttles.apply(this);
        Answer passed =
                throttle.isEmpty()
                        ? answer
                        : new ThrottledAnswer(throttle.get(), wiring.answers(), answer);
        return route.cors().isEmpty()
                ? passed
                : new CorsAnswer(new Cors(route.cors().get(), route, wiring.answers()), passed);
    }

    private Optional<FunctionId> functionId() {
        return route.target() instanceof Target.ToFunction(String name)
                ? Optional.of(new FunctionId(appName(), app.revision(), name))
                : Optional.empty();
    }

    private Answer answer(Wiring wiring) {
        return switch (route.target()) {
            case Target.StaticResponse response -> new StaticAnswer(response, wiring);
            case Target.Files files -> new FilesAnswer(files, app.folder(), pattern, wiring);
            case Target.ToFunction(String name) -> function(name, wiring);
        };
    }

    private Answer function(String name, Wiring wiring) {
        GuestFunction function = app.functions().get(name);
        FunctionSpec spec = app.manifest().functions().get(name);
        return function == null || spec == null
                ? new MissingFunction()
                : new FunctionAnswer(function, entrypoint, spec, pattern, wiring);
    }

    RouteTable.Row row(String host) {
        String methods = route.methods().isEmpty() ? "*" : String.join(", ", route.methods());
        return new RouteTable.Row(appName(), host, methods, pattern.text(), targetText());
    }

    private String targetText() {
        return switch (route.target()) {
            case Target.StaticResponse response -> "static " + response.status();
            case Target.Files files -> "files " + files.source();
            case Target.ToFunction(String name) -> name;
        };
    }
}
