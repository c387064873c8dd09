package dev.mayfly.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: by host (exact, then the longest wildcard, then any), then by path.
 * A host that has nothing for the path or the method falls through to the next. Complete before it
 * is shared, then only read.
 */
final class Router {
    private final Map<String, PathTree> exact = new HashMap<>();
    // Keyed by the suffix with its dot: ".example.com".
    private final Map<String, PathTree> wildcards = new HashMap<>();
    private final PathTree anyHost = new PathTree();

    /** {@code host} is {@code *}, {@code *.suffix} or exact; lower-case. */
    void add(String host, Route route) {
        tree(host).add(route);
    }

    private PathTree tree(String host) {
        if (host.equals("*")) {
            return anyHost;
        }
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return plain.startsWith("*.")
                ? wildcards.computeIfAbsent(plain.substring(1), _ -> new PathTree())
                : exact.computeIfAbsent(plain, _ -> new PathTree());
    }

    /** {@return the route, null if none takes the request (request path)} */
    @Nullable Route match(RequestView request) {
        String path = request.path();
        String method = request.method();
        if (!exact.isEmpty() || !wildcards.isEmpty()) {
            for (PathTree tree : hostTrees(request.authority())) {
                Route route = tree.find(path, method);
                if (route != null) {
                    return route;
                }
            }
        }
        return anyHost.find(path, method);
    }

    private List<PathTree> hostTrees(@Nullable String authority) {
        List<PathTree> trees = new ArrayList<>(2);
        if (authority == null) {
            return trees;
        }
        String host = Authority.comparable(authority);
        add(exact.get(host), trees);
        for (int dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
            add(wildcards.get(host.substring(dot)), trees);
        }
        return trees;
    }

    private static void add(@Nullable PathTree tree, List<PathTree> trees) {
        if (tree != null) {
            trees.add(tree);
        }
    }

    /**
     * {@return the methods that routes of this host and path take, when the request's own is none
     * of them}
     */
    Set<String> allowed(RequestView request, boolean inside) {
        List<Route> routes = new ArrayList<>();
        for (PathTree tree : hostTrees(request.authority())) {
            tree.collect(request.path(), routes);
        }
        anyHost.collect(request.path(), routes);
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            if (inside || !route.isPrivate()) {
                allowed.addAll(route.allowed());
            }
        }
        return allowed;
    }
}
