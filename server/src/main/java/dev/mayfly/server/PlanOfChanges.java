package dev.mayfly.server;

import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.registry.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a deploy changes, as its author sees it: routes, functions, variables, files. Compared by
 * what the manifests say, variables not put in, so that no value shows.
 */
final class PlanOfChanges {
    private final List<PlannedChange> changes = new ArrayList<>();

    private PlanOfChanges() {}

    /** From {@code before}, if there is one, to {@code after}. */
    static List<PlannedChange> between(Optional<Revision> before, Revision after) {
        PlanOfChanges plan = new PlanOfChanges();
        Optional<Manifest> old = before.flatMap(PlanOfChanges::read);
        Optional<Manifest> fresh = read(after);
        plan.compare("route", old.map(PlanOfChanges::routes), fresh.map(PlanOfChanges::routes));
        plan.compare("function", old.map(Manifest::functions), fresh.map(Manifest::functions));
        plan.compare("variable", old.map(Manifest::variables), fresh.map(Manifest::variables));
        plan.compare("file", before.map(Revision::artifacts), Optional.of(after.artifacts()));
        return List.copyOf(plan.changes);
    }

    /** A manifest that an older version accepted and this one does not is as good as none. */
    private static Optional<Manifest> read(Revision revision) {
        return switch (Manifests.parse(revision.manifest())) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> Optional.of(manifest);
            case Parsed.Invalid<Manifest> _ -> Optional.empty();
        };
    }

    private static Map<String, HttpRoute> routes(Manifest manifest) {
        Map<String, HttpRoute> routes = new LinkedHashMap<>();
        manifest.http().forEach(route -> routes.put(name(route), route));
        return routes;
    }

    private static String name(HttpRoute route) {
        String methods = route.methods().isEmpty() ? "*" : String.join(",", route.methods());
        String hosts = String.join(",", route.hosts());
        return methods + " " + hosts + route.route().text();
    }

    private void compare(
            String kind,
            Optional<? extends Map<String, ?>> before,
            Optional<? extends Map<String, ?>> after) {
        Map<String, ?> old = before.isPresent() ? before.get() : Map.of();
        Map<String, ?> fresh = after.isPresent() ? after.get() : Map.of();
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        for (String name : names) {
            if (!old.containsKey(name)) {
                changes.add(new PlannedChange(kind + " added", name));
            } else if (!fresh.containsKey(name)) {
                changes.add(new PlannedChange(kind + " removed", name));
            } else if (!old.get(name).equals(fresh.get(name))) {
                changes.add(new PlannedChange(kind + " changed", name));
            }
        }
    }
}
