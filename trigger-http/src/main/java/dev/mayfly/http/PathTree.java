package dev.mayfly.http;

import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host, as a tree of path segments. Complete before it is shared, then only read.
 *
 * <pre>
 *   /users/:id/...  /users/me  /...          (root)  open: /...
 *                                               │ users
 *                                            (users)
 *                                          me │    │ :id
 *                                          (me)   (:id)  open: /users/:id/...
 * </pre>
 *
 * A search goes down literal first, then parameter, then takes what is open here, which is exactly
 * the order of precedence: the first difference from the left decides. It comes back up when
 * nothing below fits, so it sees each node at most once, whatever the path.
 */
final class PathTree {
    private final SegmentTable literals = new SegmentTable();
    private final List<Route> ending = new ArrayList<>();
    private final List<Route> open = new ArrayList<>();
    private @Nullable PathTree parameter;

    void add(Route route) {
        RoutePattern pattern = route.pattern();
        PathTree node = this;
        for (Segment segment : pattern.segments()) {
            node = node.child(segment);
        }
        (pattern.open() ? node.open : node.ending).add(route);
    }

    private PathTree child(Segment segment) {
        return switch (segment) {
            case Segment.Literal literal ->
                    literals.computeIfAbsent(Escapes.asBytes(literal.text()));
            case Segment.Parameter _ -> {
                if (parameter == null) {
                    parameter = new PathTree();
                }
                yield parameter;
            }
        };
    }

    /** {@return the best route for a path, null if none takes the method (request path)} */
    @Nullable Route find(String path, String method) {
        return find(path, 1, method);
    }

    private @Nullable Route find(String path, int from, String method) {
        if (from > path.length()) {
            Route route = pick(ending, method);
            return route == null ? pick(open, method) : route;
        }
        int slash = path.indexOf('/', from);
        int end = slash < 0 ? path.length() : slash;
        PathTree literal = literals.get(path, from, end);
        Route route = literal == null ? null : literal.find(path, end + 1, method);
        if (route == null && parameter != null && end > from) {
            route = parameter.find(path, end + 1, method);
        }
        return route == null ? pick(open, method) : route;
    }

    /**
     * More than one route of a node takes a method only if they are the same app's, whose revisions
     * share its requests; then the newest is first.
     */
    private static @Nullable Route pick(List<Route> routes, String method) {
        Route route = listing(routes, method);
        return route == null && method.equals("HEAD") ? listing(routes, "GET") : route;
    }

    private static @Nullable Route listing(List<Route> routes, String method) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.lists(method)) {
                return route;
            }
        }
        return null;
    }

    /** Adds every route that matches the path, whatever its methods. */
    void collect(String path, List<Route> into) {
        collect(path, 1, into);
    }

    private void collect(String path, int from, List<Route> into) {
        into.addAll(open);
        if (from > path.length()) {
            into.addAll(ending);
            return;
        }
        int slash = path.indexOf('/', from);
        int end = slash < 0 ? path.length() : slash;
        PathTree literal = literals.get(path, from, end);
        if (literal != null) {
            literal.collect(path, end + 1, into);
        }
        if (parameter != null && end > from) {
            parameter.collect(path, end + 1, into);
        }
    }
}
