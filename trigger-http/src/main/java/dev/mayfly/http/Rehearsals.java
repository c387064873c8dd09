package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.MadeRequest;
import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import dev.mayfly.pool.Rehearsal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes up requests for a function that is not loaded yet, as its app's routes would send them. */
final class Rehearsals {
    private static final RoutePattern ANY = new RoutePattern("/...", List.of(), true);

    private final Wiring wiring;
    private final FunctionSpec function;
    private final List<HttpRoute> routes = new ArrayList<>();

    Rehearsals(Wiring wiring, Manifest manifest, FunctionSpec function) {
        this.wiring = wiring;
        this.function = function;
        for (HttpRoute route : manifest.http()) {
            if (route.target() instanceof Target.ToFunction(String name)
                    && name.equals(function.name())) {
                routes.add(route);
            }
        }
    }

    List<Rehearsal> warmups() {
        List<Rehearsal> warmups = new ArrayList<>();
        PathTree tree = tree();
        for (MadeRequest request : function.snapshot().warmup()) {
            warmups.add(warmup(request, tree));
        }
        return warmups;
    }

    private PathTree tree() {
        PathTree tree = new PathTree();
        for (HttpRoute route : routes) {
            RouteNote note = new RouteNote("", 0, route.route().text(), Optional.empty());
            // Only the pattern of a match is of use here: there is nothing yet that could answer.
            tree.add(new Route(route.route(), route.methods(), false, note, new MissingFunction()));
        }
        return tree;
    }

    private Rehearsal warmup(MadeRequest request, PathTree tree) {
        MadeHead head = MadeHead.of(request, "localhost");
        Optional<String> flaw = RequestTarget.flaw(head.target());
        if (flaw.isPresent()) {
            return run(request, MadeHead.of(safe(request), "localhost"), ANY, flaw);
        }
        String path = RequestTarget.of(head.target()).path();
        if (routes.isEmpty()) { // a function that runs on events only
            return run(request, head, ANY, Optional.empty());
        }
        Route route = tree.find(path, request.method());
        return route == null
                ? run(
                        request,
                        head,
                        ANY,
                        Optional.of("no route of function " + function.name() + " takes it"))
                : run(request, head, route.pattern(), Optional.empty());
    }

    private static MadeRequest safe(MadeRequest request) {
        return new MadeRequest(request.method(), "/", request.body());
    }

    Rehearsal probe() {
        RoutePattern pattern = routes.isEmpty() ? ANY : routes.getFirst().route();
        MadeRequest request = new MadeRequest("GET", path(pattern), "");
        return run(request, MadeHead.of(request, "localhost"), pattern, Optional.empty());
    }

    /** {@return a path that {@code pattern} matches} */
    static String path(RoutePattern pattern) {
        StringBuilder path = new StringBuilder();
        for (Segment segment : pattern.segments()) {
            String text =
                    switch (segment) {
                        case Segment.Literal(String literal) -> literal;
                        case Segment.Parameter(String name) -> name;
                    };
            path.append('/')
                    .append(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private Rehearsal run(
            MadeRequest request, MadeHead head, RoutePattern pattern, Optional<String> complaint) {
        RequestTarget target = RequestTarget.of(head.target());
        RequestView view =
                new RequestView(
                        head,
                        wiring.ids().next(),
                        head.method(),
                        target.path(),
                        target.query(),
                        "localhost",
                        null,
                        false);
        CgiRequest cgi = new CgiRequest(pattern, function, wiring);
        return new RehearsedRun(request, view, cgi, wiring, !routes.isEmpty(), complaint);
    }
}
