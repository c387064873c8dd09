package dev.mayfly.gateway;

import dev.mayfly.http.AppRoutes;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RouteTable;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.ServerLimits;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Makes apps live. Everything that can be refused is refused before the table is swapped, which is
 * one reference: a request sees the old app or the new one, never a mixture. The functions of the
 * old one close after that, which lets their requests end first.
 *
 * <p>One deploy at a time. Each builds the table of all apps anew, so a thousand apps are deployed
 * together rather than one by one.
 */
final class Deployer implements AutoCloseable {
    private final GuestRuntime guests;
    private final HttpTrigger trigger;
    private final ServerLimits limits;
    private final ExecutorService blocking;

    /** Loads at once: a load compiles, and more than a core each only take memory. */
    private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** What is served, by app; replaced, never changed. */
    private volatile Map<String, AppRoutes> apps = Map.of();

    private volatile List<RouteRow> rows = List.of();

    Deployer(
            GuestRuntime guests,
            HttpTrigger trigger,
            ServerLimits limits,
            ExecutorService blocking) {
        this.guests = guests;
        this.trigger = trigger;
        this.limits = limits;
        this.blocking = blocking;
    }

    List<RouteRow> rows() {
        return rows;
    }

    /** Whether requests may come to this very function, not to one of the same name. */
    boolean serves(GuestFunction function) {
        AppRoutes app = apps.get(function.id().app());
        return app != null && function.equals(app.functions().get(function.id().function()));
    }

    /** All apps or none of them; each in the place of the app of the same name. */
    synchronized DeployResult deploy(List<AppSource> sources) {
        List<Problem> problems = refusals(sources);
        if (!problems.isEmpty()) {
            return new DeployResult.Refused(problems);
        }
        List<Loaded> loaded = load(sources);
        return switch (prepare(loaded)) {
            case Parsed.Valid<Ready>(Ready ready) -> commit(ready, loaded);
            case Parsed.Invalid<Ready>(List<Problem> found) -> {
                loaded.forEach(app -> app.functions().values().forEach(GuestFunction::close));
                yield new DeployResult.Refused(found);
            }
        };
    }

    private List<Problem> refusals(List<AppSource> sources) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (AppSource source : sources) {
            problems.addAll(Manifests.exceeding(source.manifest(), limits));
            problems.addAll(Manifests.notServedYet(source.manifest()));
            if (!names.add(name(source))) {
                problems.add(twice(source));
            }
        }
        return problems;
    }

    private static Problem twice(AppSource source) {
        String message = name(source) + " (expected: each app once in a deploy)";
        return new Problem(0, 0, "app.name", message, "choose another name");
    }

    private static String name(AppSource source) {
        return source.manifest().app().name();
    }

    /**
     * All functions of an app, as far as they load.
     *
     * @param source the app
     * @param functions by name
     * @param warnings each names its function
     * @param problems each names its function
     */
    private record Loaded(
            AppSource source,
            Map<String, GuestFunction> functions,
            List<String> warnings,
            List<Problem> problems) {
        AppRoutes routes() {
            return new AppRoutes(source.manifest(), 0, source.folder(), functions);
        }
    }

    /**
     * Only to be swapped in.
     *
     * @param all every app, the new ones included
     * @param table of all of them
     */
    private record Ready(Map<String, AppRoutes> all, RouteTable table) {}

    private List<Loaded> load(List<AppSource> sources) {
        // All are started before the first is awaited.
        List<Map<String, Future<LoadResult>>> loads = sources.stream().map(this::start).toList();
        List<Loaded> loaded = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            loaded.add(finish(sources.get(i), loads.get(i)));
        }
        return loaded;
    }

    private Map<String, Future<LoadResult>> start(AppSource app) {
        Map<String, Future<LoadResult>> loads = new LinkedHashMap<>();
        app.manifest()
                .functions()
                .forEach((name, spec) -> loads.put(name, blocking.submit(loading(app, spec))));
        return loads;
    }

    private static Loaded finish(AppSource app, Map<String, Future<LoadResult>> loads) {
        Loaded loaded =
                new Loaded(app, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        loads.forEach((name, load) -> collect(name, await(load), loaded));
        return loaded;
    }

    private Callable<LoadResult> loading(AppSource app, FunctionSpec spec) {
        return () -> {
            slots.acquire();
            try {
                return load(app, spec);
            } finally {
                slots.release();
            }
        };
    }

    private LoadResult load(AppSource app, FunctionSpec spec) {
        Manifest manifest = app.manifest();
        return guests.load(
                new LoadRequest(
                        new FunctionId(manifest.app().name(), 0, spec.name()),
                        spec,
                        () -> bytes(app.folder(), spec),
                        app.folder(),
                        () -> trigger.warmups(manifest, spec),
                        () -> trigger.probe(manifest, spec)));
    }

    private static byte[] bytes(Path folder, FunctionSpec spec) throws IOException {
        Path file = folder.resolve(pathOf(spec.source()));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            String mend = " cannot be read: build the module, or correct the path";
            throw new IOException(file + mend, e);
        }
    }

    private static String pathOf(FunctionSpec.Source source) {
        return switch (source) {
            case FunctionSpec.Source.File(String path) -> path;
            case FunctionSpec.Source.Url(String url, String digest) ->
                    throw new IllegalArgumentException(url + " " + digest + " (expected: a file)");
            case FunctionSpec.Source.Registry(String registry, String digest) ->
                    throw new IllegalArgumentException(
                            registry + " " + digest + " (expected: a file)");
        };
    }

    private static LoadResult await(Future<LoadResult> load) {
        try {
            return load.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LoadResult.Unloadable(List.of("the load was interrupted"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load failed", e.getCause());
        }
    }

    private static void collect(String name, LoadResult result, Loaded into) {
        switch (result) {
            case LoadResult.Loaded(GuestFunction function, _, List<String> warnings) -> {
                into.functions().put(name, function);
                warnings.forEach(warning -> into.warnings().add(name + ": " + warning));
            }
            case LoadResult.Unloadable(List<String> problems) ->
                    problems.forEach(problem -> into.problems().add(problem(name, problem)));
        }
    }

    private static Problem problem(String function, String message) {
        return new Problem(0, 0, "function." + function, message, "");
    }

    /** Builds the new table beside the old one and asks the apps' own checks about it. */
    private Parsed<Ready> prepare(List<Loaded> loaded) {
        List<Problem> unloadable = loaded.stream().flatMap(app -> app.problems().stream()).toList();
        if (!unloadable.isEmpty()) {
            return new Parsed.Invalid<>(unloadable);
        }
        Map<String, AppRoutes> all = new LinkedHashMap<>(apps);
        loaded.forEach(app -> all.put(name(app.source()), app.routes()));
        return switch (HttpTrigger.table(List.copyOf(all.values()))) {
            case Parsed.Invalid<RouteTable>(List<Problem> problems) ->
                    new Parsed.Invalid<>(problems);
            case Parsed.Valid<RouteTable>(RouteTable table) -> {
                List<Problem> failed = failedChecks(loaded, table);
                yield failed.isEmpty()
                        ? new Parsed.Valid<>(new Ready(all, table))
                        : new Parsed.Invalid<>(failed);
            }
        };
    }

    private List<Problem> failedChecks(List<Loaded> loaded, RouteTable table) {
        return loaded.stream()
                .flatMap(
                        app -> trigger.check(app.source().manifest(), table, guests::wake).stream())
                .map(Deployer::failedCheck)
                .toList();
    }

    private static Problem failedCheck(String complaint) {
        return new Problem(0, 0, "check", complaint, "mend the function, or its check");
    }

    private DeployResult commit(Ready ready, List<Loaded> loaded) {
        Map<String, AppRoutes> before = apps;
        trigger.serve(ready.table());
        apps = ready.all();
        rows = ready.table().rows().stream().map(Deployer::row).toList();
        Set<String> names = new HashSet<>();
        loaded.forEach(app -> names.add(name(app.source())));
        before.forEach((name, old) -> {
            if (names.contains(name)) {
                old.functions().values().forEach(GuestFunction::close);
            }
        });
        return new DeployResult.Deployed(
                rows.stream().filter(row -> names.contains(row.app())).toList(),
                loaded.stream().flatMap(app -> app.warnings().stream()).toList());
    }

    private static RouteRow row(RouteTable.Row row) {
        return new RouteRow(row.app(), row.host(), row.methods(), row.route(), row.target());
    }

    /** Closes every function; their running requests end first. */
    @Override
    public void close() {
        apps.values().forEach(app -> app.functions().values().forEach(GuestFunction::close));
    }
}
