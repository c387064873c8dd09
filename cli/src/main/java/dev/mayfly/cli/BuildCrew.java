package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs the builds of an app, some at once, and looks into what came out. */
final class BuildCrew {
    private final Surroundings surroundings;
    private final int jobs;

    /**
     * @param jobs commands at once at most
     */
    BuildCrew(Surroundings surroundings, int jobs) {
        this.surroundings = surroundings;
        this.jobs = jobs;
    }

    /**
     * How much is done.
     *
     * @param force whether what has not changed is built, too
     * @param strip whether custom sections are taken out
     */
    record Extent(boolean force, boolean strip) {}

    /**
     * A build that must run.
     *
     * @param inputs the sources it is run for
     */
    record Task(BuildRun run, BuildInputs inputs) {}

    /** {@return one row for each of {@code runs}, in their order; blocks until all have ended} */
    List<BuildReport.Row> build(Path folder, List<BuildRun> runs, Extent extent, ModuleCheck check)
            throws IOException {
        if (runs.isEmpty()) {
            return List.of();
        }
        try (BuildLock _ = BuildLock.take(folder, surroundings)) {
            List<BuildEnd> ends =
                    all(runs.stream().map(run -> work(run, extent, runs.size() > 1)).toList());
            List<BuildReport.Row> rows = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                rows.add(checked(runs.get(i), ends.get(i), check));
            }
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /**
     * Runs the commands of {@code tasks}.
     *
     * @param named whether each line of what they print tells whose it is
     * @throws InterruptedException when the wait is interrupted; then nothing of it runs any more
     */
    List<BuildEnd> run(List<Task> tasks, boolean named) throws IOException, InterruptedException {
        return all(
                tasks.stream()
                        .<Callable<BuildEnd>>map(task ->
                                () ->
                                        task.run()
                                                .run(
                                                        task.inputs(),
                                                        false,
                                                        lines(task.run(), named)))
                        .toList());
    }

    private Callable<BuildEnd> work(BuildRun run, Extent extent, boolean named) {
        return () -> {
            BuildInputs inputs = run.inputs();
            if (extent.force() || run.isDue(inputs)) {
                return run.run(inputs, extent.strip(), lines(run, named));
            }
            if (extent.strip()) {
                run.stripBuilt();
            }
            return new BuildEnd.UpToDate();
        };
    }

    private List<BuildEnd> all(List<Callable<BuildEnd>> builds)
            throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, builds.size()));
        try {
            List<Future<BuildEnd>> futures = builds.stream().map(workers::submit).toList();
            List<BuildEnd> ends = new ArrayList<>();
            for (Future<BuildEnd> future : futures) {
                ends.add(end(future));
            }
            return ends;
        } finally {
            workers.shutdownNow();
        }
    }

    private static BuildEnd end(Future<BuildEnd> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("a build failed", e.getCause());
        }
    }

    private Consumer<String> lines(BuildRun run, boolean named) {
        String prefix = named ? run.unit().name() + " | " : "";
        return line -> surroundings.err().println(prefix + line);
    }

    private static BuildReport.Row checked(BuildRun run, BuildEnd end, ModuleCheck check)
            throws IOException {
        List<ModuleCheck.Checked> modules = new ArrayList<>();
        if (!(end instanceof BuildEnd.Failed)) {
            for (FunctionSpec function : run.unit().functions()) {
                if (Files.isRegularFile(run.at(function))) {
                    modules.add(check.check(function));
                }
            }
        }
        return new BuildReport.Row(run.unit(), end, modules);
    }
}
