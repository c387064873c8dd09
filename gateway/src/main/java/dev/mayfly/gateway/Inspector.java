package dev.mayfly.gateway;

import dev.mayfly.http.HttpTrigger;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import dev.mayfly.pool.ModuleInspection;
import dev.mayfly.pool.ModuleReport;
import dev.mayfly.pool.Rehearsal;
import dev.mayfly.pool.RuntimeSettings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Loads a module on a runtime of its own, runs it once and tells what was seen. */
final class Inspector {
    private final AppSource app;
    private final FunctionSpec spec;
    private final HttpTrigger trigger;

    Inspector(AppSource app, String function) {
        this.app = app;
        this.spec = Objects.requireNonNull(app.manifest().functions().get(function), function);
        this.trigger = Main.trigger(List.of(), Journal.silent());
    }

    Inspection inspect(RuntimeSettings settings) {
        try (GuestRuntime guests = GuestRuntime.start(settings, (function, line) -> {})) {
            return switch (guests.load(request())) {
                case LoadResult.Loaded(
                                GuestFunction function,
                                ModuleReport report,
                                List<String> warnings) ->
                        new Inspection(
                                Optional.of(make(report)),
                                Optional.of(sample(guests, function)),
                                List.of(),
                                warnings);
                case LoadResult.Unloadable(List<String> problems) ->
                        refused(guests.inspect(request()), problems);
            };
        }
    }

    private static Inspection refused(ModuleInspection seen, List<String> problems) {
        return new Inspection(
                seen.report().map(Inspector::make), Optional.empty(), problems, seen.warnings());
    }

    private LoadRequest request() {
        return new LoadRequest(
                new FunctionId(app.manifest().app().name(), 0, spec.name()),
                spec,
                () -> AppLoader.bytes(app.folder(), spec),
                app.folder(),
                () -> trigger.warmups(app.manifest(), spec),
                this::probe,
                trigger::sample);
    }

    private Rehearsal probe() {
        return trigger.probe(app.manifest(), spec);
    }

    private Inspection.Sample sample(GuestRuntime guests, GuestFunction function) {
        SampleRun run = new SampleRun(probe());
        function.submit(run);
        guests.wake();
        return run.await();
    }

    private static Inspection.Make make(ModuleReport report) {
        return new Inspection.Make(
                report.form().name().toLowerCase(Locale.ROOT),
                report.entrypoint(),
                report.moduleBytes(),
                new Inspection.Memory(
                        report.initialPages(), report.maximumPages(), report.imagePages()),
                report.sections().stream()
                        .map(part -> new Inspection.Part(part.name(), part.bytes()))
                        .toList(),
                report.imports(),
                report.exports(),
                report.interpreted().stream()
                        .map(slow ->
                                new Inspection.Interpreted(
                                        slow.function(), slow.bytes(), slow.reason()))
                        .toList());
    }
}
