package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec.Activations;
import dev.mayfly.pool.FunctionId;
import java.util.Optional;

/**
 * What a request matched, for logs and metrics. One instance per route.
 *
 * @param app the app's name
 * @param revision of the app, 0 under {@code mayfly up}
 * @param route the route as written
 * @param function what runs, if a guest does
 * @param kept what an activation of it keeps
 * @param answers counts the revision's answers, while it shares requests with another
 */
public record RouteNote(
        String app,
        long revision,
        String route,
        Optional<FunctionId> function,
        Activations kept,
        Optional<AnswerCount> answers) {
    /** Of a route whose answers nobody counts, and of which nothing is kept. */
    RouteNote(String app, long revision, String route, Optional<FunctionId> function) {
        this(app, revision, route, function, Activations.NONE, Optional.empty());
    }

    RouteNote keeping(Activations more) {
        return new RouteNote(app, revision, route, function, more, answers);
    }

    RouteNote counted(AnswerCount count) {
        return new RouteNote(app, revision, route, function, kept, Optional.of(count));
    }
}
