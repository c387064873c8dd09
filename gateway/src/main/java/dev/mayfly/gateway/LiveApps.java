package dev.mayfly.gateway;

import static java.util.stream.Collectors.toSet;

import dev.mayfly.http.AppSplit;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RouteTable;
import dev.mayfly.kafka.EventApp;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.pool.GuestFunction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is served. The table of all apps is built beside the one that serves, and swapped by one
 * reference: a request sees the old revisions or the new ones, never a mixture. What is in no share
 * any more is closed after that, which lets its requests end first; one that matched it and found
 * it closed is matched again, in the new table.
 *
 * <p>Changes are made under the lock of this. Each builds the table of all apps anew, so a thousand
 * apps are served together rather than one by one.
 */
final class LiveApps implements AutoCloseable {
    private final HttpTrigger trigger;
    private final Consumer<List<EventApp>> events;

    /** By name; replaced, never changed. */
    private volatile Map<String, AppTraffic> apps = Map.of();

    private volatile List<RouteRow> rows = List.of();

    /** {@code events} takes all that is served, at each swap; it does not block. */
    LiveApps(HttpTrigger trigger, Consumer<List<EventApp>> events) {
        this.trigger = trigger;
        this.events = events;
    }

    List<RouteRow> rows() {
        return rows;
    }

    /** Of the revision that gets the app's records; empty for an app that is not served. */
    Optional<Manifest> manifest(String app) {
        return Optional.ofNullable(apps.get(app)).map(EventRules::app).map(EventApp::manifest);
    }

    /** Functions that requests may come to, of the apps that are wanted. */
    List<GuestFunction> functions(Predicate<String> wanted) {
        return apps.values().stream()
                .filter(traffic -> wanted.test(traffic.app()))
                .flatMap(traffic -> loaded(traffic).stream())
                .flatMap(app -> app.functions().stream())
                .toList();
    }

    /** Whether requests may come to this very function, not to one of the same name. */
    boolean serves(GuestFunction function) {
        AppTraffic traffic = apps.get(function.id().app());
        return traffic != null && loaded(traffic).stream().anyMatch(app -> app.has(function));
    }

    /** Whether requests may come to this route. */
    boolean serves(RouteTallies.Key route) {
        AppTraffic traffic = apps.get(route.app());
        return traffic != null && loaded(traffic).stream().anyMatch(app -> app.has(route));
    }

    /** Answers of a revision while it shared requests; none for one that is not served. */
    Map<StatusClass, Long> answers(String app, long revision) {
        AppTraffic traffic = apps.get(app);
        List<LoadedApp> served = traffic == null ? List.of() : loaded(traffic);
        return served.stream()
                .filter(each -> each.revision() == revision)
                .findFirst()
                .map(each -> each.answers().sums())
                .orElseGet(() -> new Counts<>(StatusClass.class).sums());
    }

    private static List<LoadedApp> loaded(AppTraffic traffic) {
        return traffic.shares().stream().map(share -> LoadedApp.of(share.app())).toList();
    }

    private static Set<LoadedApp> loaded(Collection<AppTraffic> traffics) {
        return traffics.stream().flatMap(traffic -> loaded(traffic).stream()).collect(toSet());
    }

    /** What keeps {@code prepared} from being served in the places of the apps of their names. */
    List<Problem> clashes(List<LoadedApp> prepared) {
        List<AppTraffic> wholes = prepared.stream().map(AppTraffic::whole).toList();
        return switch (table(with(wholes).values())) {
            case Parsed.Valid<RouteTable> _ -> List.of();
            case Parsed.Invalid<RouteTable>(List<Problem> problems) -> problems;
        };
    }

    private static Parsed<RouteTable> table(Collection<AppTraffic> apps) {
        return HttpTrigger.table(apps.stream().map(LiveApps::split).toList());
    }

    private static AppSplit split(AppTraffic traffic) {
        return new AppSplit(
                traffic.shares().stream()
                        .map(share -> LoadedApp.of(share.app()).share(share.percent()))
                        .toList());
    }

    /** What is served and then {@code more}, each in the place of the app of the same name. */
    private Map<String, AppTraffic> with(List<AppTraffic> more) {
        Map<String, AppTraffic> all = new LinkedHashMap<>(apps);
        more.forEach(traffic -> all.remove(traffic.app())); // whoever comes later clashes
        more.forEach(traffic -> all.put(traffic.app(), traffic));
        return all;
    }

    /** All of them or none. */
    synchronized ServeResult serve(List<AppTraffic> traffics) {
        Map<String, AppTraffic> all = with(traffics);
        return switch (table(all.values())) {
            case Parsed.Invalid<RouteTable>(List<Problem> problems) ->
                    new ServeResult.Refused(problems);
            case Parsed.Valid<RouteTable>(RouteTable table) -> {
                List<Problem> closed = enter(traffics);
                if (closed.isEmpty()) {
                    swap(all, table);
                }
                yield closed.isEmpty()
                        ? new ServeResult.Served(rows(traffics))
                        : new ServeResult.Refused(closed);
            }
        };
    }

    /** Takes all that is to be served from its owners; what is closed already is a problem. */
    private List<Problem> enter(List<AppTraffic> traffics) {
        Set<LoadedApp> wanted = loaded(traffics);
        List<Problem> closed =
                wanted.stream().filter(app -> !app.enter()).map(LiveApps::closed).toList();
        if (!closed.isEmpty()) {
            wanted.removeAll(loaded(apps.values()));
            wanted.forEach(LoadedApp::leave);
        }
        return closed;
    }

    private static Problem closed(LoadedApp app) {
        return new Problem(
                0,
                0,
                "app.name",
                "revision " + app.revision() + " of app " + app.app() + " is closed",
                "prepare it again");
    }

    private void swap(Map<String, AppTraffic> all, RouteTable table) {
        Map<String, AppTraffic> before = apps;
        trigger.serve(table);
        events.accept(EventRules.apps(all.values()));
        apps = all;
        rows = RouteRow.of(table);
        Set<LoadedApp> gone = loaded(before.values());
        gone.removeAll(loaded(all.values()));
        gone.forEach(LoadedApp::retire);
    }

    private List<RouteRow> rows(List<AppTraffic> traffics) {
        Set<String> names = traffics.stream().map(AppTraffic::app).collect(toSet());
        return rows.stream().filter(row -> names.contains(row.app())).toList();
    }

    /** {@return false if no such app is served} */
    synchronized boolean withdraw(String app) {
        Map<String, AppTraffic> rest = new LinkedHashMap<>(apps);
        if (rest.remove(app) == null) {
            return false;
        }
        switch (table(rest.values())) {
            case Parsed.Valid<RouteTable>(RouteTable table) -> swap(rest, table);
            case Parsed.Invalid<RouteTable> clash ->
                    throw new IllegalStateException("apps that are served clash: " + clash);
        }
        return true;
    }

    /** Closes every function; their running requests end first. */
    @Override
    public void close() {
        loaded(apps.values()).forEach(LoadedApp::retire);
    }
}
