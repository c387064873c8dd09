package dev.mayfly.http;

import dev.mayfly.pool.FunctionId;
import java.util.Optional;

/**
 * What a request matched, for logs and metrics. One instance per route.
 *
 * @param app the app's name
 * @param revision of the app, 0 under {@code mayfly up}
 * @param route the route as written
 * @param function what runs, if a guest does
 * @param answers counts the revision's answers, while it shares requests with another
 */
public record RouteNote(
        String app,
        long revision,
        String route,
        Optional<FunctionId> function,
        Optional<AnswerCount> answers) {
    /** Of a route whose answers nobody counts. */
    RouteNote(String app, long revision, String route, Optional<FunctionId> function) {
        this(app, revision, route, function, Optional.empty());
    }

    RouteNote counted(AnswerCount count) {
        return new RouteNote(app, revision, route, function, Optional.of(count));
    }
}
