package dev.mayfly.http;

import dev.mayfly.pool.FunctionId;
import java.util.Optional;

/**
 * What a request matched, for logs and metrics. One instance per route.
 *
 * @param app the app's name
 * @param route the route as written
 * @param function what runs, if a guest does
 */
public record RouteNote(String app, String route, Optional<FunctionId> function) {}
