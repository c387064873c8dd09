package dev.mayfly.gateway;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes apps live that come from folders and have no revisions; one deploy at a time. */
final class Deployer {
    private final Preparer preparer;
    private final LiveApps live;

    Deployer(Preparer preparer, LiveApps live) {
        this.preparer = preparer;
        this.live = live;
    }

    /** All apps or none of them; each in the place of the app of the same name. */
    synchronized DeployResult deploy(List<AppSource> sources) {
        List<Problem> problems = twice(sources);
        return problems.isEmpty()
                ? switch (preparer.prepare(sources.stream().map(Deployer::revision).toList())) {
                    case Parsed.Valid<List<LoadedApp>>(List<LoadedApp> apps) -> serve(apps);
                    case Parsed.Invalid<List<LoadedApp>>(List<Problem> found) ->
                            new DeployResult.Refused(found);
                }
                : new DeployResult.Refused(problems);
    }

    private static List<Problem> twice(List<AppSource> sources) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (AppSource source : sources) {
            String name = source.manifest().app().name();
            if (!names.add(name)) {
                String message = name + " (expected: each app once in a deploy)";
                problems.add(new Problem(0, 0, "app.name", message, "choose another name"));
            }
        }
        return problems;
    }

    private static AppRevision revision(AppSource source) {
        return new AppRevision(source.manifest(), 0, source.folder());
    }

    private DeployResult serve(List<LoadedApp> apps) {
        return switch (live.serve(apps.stream().map(AppTraffic::whole).toList())) {
            case ServeResult.Served(List<RouteRow> routes) ->
                    new DeployResult.Deployed(
                            routes, apps.stream().flatMap(app -> app.warnings().stream()).toList());
            case ServeResult.Refused(List<Problem> problems) -> {
                apps.forEach(LoadedApp::close);
                yield new DeployResult.Refused(problems);
            }
        };
    }
}
