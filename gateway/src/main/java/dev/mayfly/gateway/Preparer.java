package dev.mayfly.gateway;

import dev.mayfly.gateway.AppLoader.Functions;
import dev.mayfly.http.AppRoutes;
import dev.mayfly.http.AppSplit;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RouteTable;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.ServerLimits;
import dev.mayfly.pool.GuestRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes revisions ready beside what is served: whatever can be refused is refused here. Any thread,
 * several at once; blocks.
 */
final class Preparer {
    private final AppLoader loader;
    private final LiveApps live;
    private final HttpTrigger trigger;
    private final GuestRuntime guests;
    private final ServerLimits limits;
    private final Function<Manifest, List<Problem>> events;

    /** {@code events}: what keeps an app's Kafka triggers from being served. */
    Preparer(
            AppLoader loader,
            LiveApps live,
            HttpTrigger trigger,
            GuestRuntime guests,
            ServerLimits limits,
            Function<Manifest, List<Problem>> events) {
        this.loader = loader;
        this.live = live;
        this.trigger = trigger;
        this.guests = guests;
        this.limits = limits;
        this.events = events;
    }

    /** All of them or, if any is refused, none. */
    Parsed<List<LoadedApp>> prepare(List<AppRevision> apps) {
        List<Problem> problems = apps.stream().flatMap(app -> refusals(app).stream()).toList();
        if (!problems.isEmpty()) {
            return new Parsed.Invalid<>(problems);
        }
        List<Functions> loads = loader.load(apps);
        return switch (ready(loads)) {
            case Parsed.Valid<List<LoadedApp>> ready -> ready;
            case Parsed.Invalid<List<LoadedApp>> refused -> {
                loads.forEach(Functions::close);
                yield refused;
            }
        };
    }

    private List<Problem> refusals(AppRevision app) {
        List<Problem> problems = new ArrayList<>(Manifests.exceeding(app.manifest(), limits));
        problems.addAll(Manifests.notServedYet(app.manifest()));
        problems.addAll(events.apply(app.manifest()));
        return problems;
    }

    private Parsed<List<LoadedApp>> ready(List<Functions> loads) {
        List<Problem> problems = new ArrayList<>();
        loads.forEach(load -> problems.addAll(load.problems()));
        List<LoadedApp> apps = new ArrayList<>();
        if (problems.isEmpty()) {
            loads.forEach(load -> tabulate(load, apps, problems));
        }
        if (problems.isEmpty()) {
            problems.addAll(live.clashes(apps));
        }
        if (problems.isEmpty()) {
            apps.forEach(app -> problems.addAll(failedChecks(app)));
        }
        return problems.isEmpty() ? new Parsed.Valid<>(apps) : new Parsed.Invalid<>(problems);
    }

    private static void tabulate(Functions load, List<LoadedApp> into, List<Problem> problems) {
        AppRevision app = load.app();
        AppRoutes routes =
                new AppRoutes(app.manifest(), app.revision(), app.folder(), load.functions());
        switch (HttpTrigger.table(List.of(AppSplit.whole(routes)))) {
            case Parsed.Valid<RouteTable>(RouteTable own) ->
                    into.add(new LoadedApp(routes, own, load.warnings()));
            case Parsed.Invalid<RouteTable>(List<Problem> found) -> problems.addAll(found);
        }
    }

    private List<Problem> failedChecks(LoadedApp app) {
        return trigger.check(app.appRoutes().manifest(), app.table(), guests::wake).stream()
                .map(Preparer::failedCheck)
                .toList();
    }

    private static Problem failedCheck(String complaint) {
        return new Problem(0, 0, "check", complaint, "mend the function, or its check");
    }
}
