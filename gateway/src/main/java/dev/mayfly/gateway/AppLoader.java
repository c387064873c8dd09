package dev.mayfly.gateway;

import dev.mayfly.http.HttpTrigger;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Problem;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Loads the functions of apps, those of all at once, a few at a time. Any thread; blocks. */
final class AppLoader {
    private final GuestRuntime guests;
    private final HttpTrigger trigger;
    private final ExecutorService blocking;

    /** Loads at once: a load compiles, and more than a core each only take memory. */
    private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors());

    AppLoader(GuestRuntime guests, HttpTrigger trigger, ExecutorService blocking) {
        this.guests = guests;
        this.trigger = trigger;
        this.blocking = blocking;
    }

    /**
     * All functions of an app, as far as they load.
     *
     * @param app the revision
     * @param functions by name
     * @param warnings each names its function
     * @param problems each names its function
     */
    record Functions(
            AppRevision app,
            Map<String, GuestFunction> functions,
            List<String> warnings,
            List<Problem> problems) {
        void close() {
            functions.values().forEach(GuestFunction::close);
        }
    }

    List<Functions> load(List<AppRevision> apps) {
        // All are started before the first is awaited.
        List<Map<String, Future<LoadResult>>> loads = apps.stream().map(this::start).toList();
        List<Functions> loaded = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            loaded.add(finish(apps.get(i), loads.get(i)));
        }
        return loaded;
    }

    private Map<String, Future<LoadResult>> start(AppRevision app) {
        Map<String, Future<LoadResult>> loads = new LinkedHashMap<>();
        app.manifest()
                .functions()
                .forEach((name, spec) -> loads.put(name, blocking.submit(loading(app, spec))));
        return loads;
    }

    private static Functions finish(AppRevision app, Map<String, Future<LoadResult>> loads) {
        Functions loaded =
                new Functions(app, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        loads.forEach((name, load) -> collect(name, await(load), loaded));
        return loaded;
    }

    private Callable<LoadResult> loading(AppRevision app, FunctionSpec spec) {
        return () -> {
            slots.acquire();
            try {
                return load(app, spec);
            } finally {
                slots.release();
            }
        };
    }

    private LoadResult load(AppRevision app, FunctionSpec spec) {
        Manifest manifest = app.manifest();
        return guests.load(
                new LoadRequest(
                        new FunctionId(app.app(), app.revision(), spec.name()),
                        spec,
                        () -> bytes(app.folder(), spec),
                        app.folder(),
                        () -> trigger.warmups(manifest, spec),
                        () -> trigger.probe(manifest, spec),
                        trigger::sample));
    }

    static byte[] bytes(Path folder, FunctionSpec spec) throws IOException {
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

    private static void collect(String name, LoadResult result, Functions into) {
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
}
