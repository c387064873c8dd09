package dev.mayfly.cli;

import dev.mayfly.gateway.AppRevision;
import dev.mayfly.gateway.Preparation;
import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.Trials;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs cases, many at once, on as many loads of their app as there are values for variables. */
final class SuiteRun {
    /** An app that does not load, or whose own checks fail. */
    static final class Unloadable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<Problem> problems;

        Unloadable(List<Problem> problems) {
            super("the app does not load");
            this.problems = problems;
        }

        List<Problem> problems() {
            return problems;
        }
    }

    private final Trials trials;
    private final Path folder;
    private final int jobs;
    private final Goldens goldens;
    private final Consumer<String> warnings;

    /**
     * @param folder that of app.toml
     * @param jobs cases at once
     * @param goldens what may be written anew
     * @param warnings takes what is said of the app when it is loaded
     */
    SuiteRun(Trials trials, Path folder, int jobs, Goldens goldens, Consumer<String> warnings) {
        this.trials = trials;
        this.folder = folder;
        this.jobs = jobs;
        this.goldens = goldens;
        this.warnings = warnings;
    }

    /**
     * Tells of each case in order, as soon as it and all before it are done.
     *
     * @throws Unloadable for the first group whose app does not load
     */
    void run(List<SuitePlan.Group> groups, Consumer<CaseResult> done)
            throws IOException, InterruptedException, Unloadable {
        long revision = 0;
        for (SuitePlan.Group group : groups) {
            AppRevision app = new AppRevision(group.manifest(), ++revision, folder);
            switch (trials.prepare(app)) {
                case Preparation.Refused(List<Problem> problems) -> throw new Unloadable(problems);
                case Preparation.Prepared(PreparedApp prepared, _, List<String> said) -> {
                    if (revision == 1) { // they are the module's, the same for each load
                        said.forEach(warnings);
                    }
                    try (prepared) {
                        run(group, prepared, done);
                    }
                }
            }
        }
    }

    private void run(SuitePlan.Group group, PreparedApp app, Consumer<CaseResult> done)
            throws IOException, InterruptedException {
        CaseRun run = new CaseRun(trials, app, group.manifest(), goldens);
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<CaseResult>> results = new ArrayList<>();
            for (SuiteCase each : group.cases()) {
                results.add(workers.submit((Callable<CaseResult>) () -> run.run(each)));
            }
            for (Future<CaseResult> result : results) {
                done.accept(ended(result));
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static CaseResult ended(Future<CaseResult> result)
            throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException("a case could not be run", e.getCause());
        }
    }
}
