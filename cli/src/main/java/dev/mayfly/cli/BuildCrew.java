package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs the builds of an app, some at once, and looks into what came out. */
final class BuildCrew {
    private final Surroundings surroundings;
    private final int jobs;
    private final boolean force;
    private final boolean strip;

    /**
     * @param jobs commands at once at most
     * @param force whether what has not changed is built, too
     * @param strip whether custom sections are taken out
     */
    BuildCrew(Surroundings surroundings, int jobs, boolean force, boolean strip) {
        this.surroundings = surroundings;
        this.jobs = jobs;
        this.force = force;
        this.strip = strip;
    }

    /** {@return one row for each of {@code runs}, in their order; blocks until all have ended} */
    List<BuildReport.Row> build(Path folder, List<BuildRun> runs, ModuleCheck check)
            throws IOException {
        if (runs.isEmpty()) {
            return List.of();
        }
        try (BuildLock _ = BuildLock.take(folder, surroundings)) {
            List<BuildEnd> ends = run(runs);
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

    private List<BuildEnd> run(List<BuildRun> runs) throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, runs.size()));
        try {
            List<Future<BuildEnd>> futures = new ArrayList<>();
            for (BuildRun run : runs) {
                Consumer<String> lines = lines(run, runs.size() > 1);
                futures.add(workers.submit(() -> one(run, lines)));
            }
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

    private Consumer<String> lines(BuildRun run, boolean several) {
        String prefix = several ? run.unit().name() + " | " : "";
        return line -> surroundings.err().println(prefix + line);
    }

    private BuildEnd one(BuildRun run, Consumer<String> lines)
            throws IOException, InterruptedException {
        BuildInputs inputs = run.inputs();
        if (!force && !run.isDue(inputs)) {
            if (strip) {
                run.stripBuilt();
            }
            return new BuildEnd.UpToDate();
        }
        return run.run(inputs, strip, lines);
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
