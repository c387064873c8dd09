package dev.mayfly.registry;

import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the table of routes say what an app's live revisions answer. Called at the end of every
 * change of an app, as its manifests, its weights and its variables all have a part in it.
 *
 * <p>Two live revisions may have the same route, also one with methods where the other has none:
 * then the row for every method stands for both. So the rows of one app never overlap either, and
 * the table's constraint needs not know whose they are.
 */
@Singleton
final class Claims {
    private static final String ANY = "*";
    private static final String OPTIONS = "OPTIONS";

    private final RouteRows routes;
    private final RevisionRows revisions;
    private final WeightRows weights;
    private final Values values;

    Claims(RouteRows routes, RevisionRows revisions, WeightRows weights, Values values) {
        this.routes = routes;
        this.revisions = revisions;
        this.weights = weights;
        this.values = values;
    }

    /** {@return why the app cannot be what it is now; the caller then takes it all back} */
    Optional<ChangeResult> settle(String app) {
        Map<Key, RouteRow> wanted = new LinkedHashMap<>();
        for (WeightRow weight : weights.of(app)) {
            List<Problem> problems = collect(app, weight.revision(), wanted);
            if (!problems.isEmpty()) {
                return Optional.of(new ChangeResult.Invalid(problems));
            }
        }
        List<RouteRow> rows = disjoint(wanted);
        return Set.copyOf(rows).equals(Set.copyOf(routes.of(app)))
                ? Optional.empty()
                : replace(app, rows);
    }

    private List<Problem> collect(String app, int revision, Map<Key, RouteRow> into) {
        String manifest = revisions.find(app, revision).orElseThrow().manifest();
        return switch (resolved(app, manifest)) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> problems;
            case Parsed.Valid<Manifest>(Manifest valid) -> {
                valid.http().forEach(route -> collect(app, route, into));
                yield List.of();
            }
        };
    }

    private Parsed<Manifest> resolved(String app, String text) {
        return switch (Manifests.parse(text)) {
            case Parsed.Invalid<Manifest> invalid -> invalid;
            case Parsed.Valid<Manifest>(Manifest manifest) -> {
                Map<String, String> given = new HashMap<>(values.of(app));
                given.keySet().retainAll(manifest.variables().keySet());
                yield Manifests.resolve(manifest, given);
            }
        };
    }

    private static void collect(String app, HttpRoute route, Map<Key, RouteRow> into) {
        for (String host : route.hosts().isEmpty() ? List.of(ANY) : route.hosts()) {
            for (String method : answered(route.methods())) {
                Key key = new Key(host, route.route().shape(), method);
                into.putIfAbsent(
                        key, new RouteRow(app, host, key.shape(), method, route.route().text()));
            }
        }
    }

    /** GET answers HEAD too; no methods are all of them but OPTIONS. */
    private static List<String> answered(List<String> methods) {
        if (methods.isEmpty()) {
            return List.of(ANY);
        }
        List<String> answered = new ArrayList<>(methods);
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            answered.add("HEAD");
        }
        return answered;
    }

    private static List<RouteRow> disjoint(Map<Key, RouteRow> rows) {
        return rows.values().stream()
                .filter(row ->
                        !isPoint(row.method())
                                || !rows.containsKey(new Key(row.host(), row.shape(), ANY)))
                .toList();
    }

    /** Whether the row for every method covers it. */
    private static boolean isPoint(String method) {
        return !method.equals(ANY) && !method.equals(OPTIONS);
    }

    private Optional<ChangeResult> replace(String app, List<RouteRow> rows) {
        List<Clash> clashes = clashes(app, rows);
        if (!clashes.isEmpty()) {
            return Optional.of(new ChangeResult.RoutesTaken(clashes));
        }
        routes.clear(app);
        rows.forEach(row -> routes.add(app, row.host(), row.shape(), row.method(), row.pattern()));
        return Optional.empty();
    }

    private List<Clash> clashes(String app, List<RouteRow> rows) {
        Set<String> shapes = rows.stream().map(RouteRow::shape).collect(Collectors.toSet());
        if (shapes.isEmpty()) {
            return List.of();
        }
        return routes.ofOthers(app, shapes).stream()
                .filter(other -> rows.stream().anyMatch(row -> overlap(row, other)))
                .map(RouteRow::clash)
                .toList();
    }

    private static boolean overlap(RouteRow one, RouteRow other) {
        return one.host().equals(other.host())
                && one.shape().equals(other.shape())
                && overlap(one.method(), other.method());
    }

    private static boolean overlap(String one, String other) {
        return one.equals(other)
                || (one.equals(ANY) && isPoint(other))
                || (other.equals(ANY) && isPoint(one));
    }

    /** What no two rows may share. */
    private record Key(String host, String shape, String method) {}
}
