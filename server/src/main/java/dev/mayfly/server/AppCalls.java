package dev.mayfly.server;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.Apps;
import dev.mayfly.registry.Revision;
import dev.mayfly.registry.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Apps, their revisions and their routes. */
final class AppCalls {
    private final AdminParts parts;
    private final Changes changes;

    AppCalls(AdminParts parts, Changes changes) {
        this.parts = parts;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/v1/apps",
                                Access.ANY,
                                "The apps that the caller may read.",
                                this::list)
                        .answers(200, View.AppList.class),
                Endpoint.get("/v1/apps/{app}", Access.READ, "An app.", this::show)
                        .answers(200, View.AppDetail.class),
                Endpoint.of(
                                "DELETE",
                                "/v1/apps/{app}",
                                Access.DEPLOY,
                                "Deletes an app with its revisions, routes, variables and secrets.",
                                this::delete)
                        .answers(200, View.Deleted.class),
                Endpoint.get(
                                "/v1/apps/{app}/revisions",
                                Access.READ,
                                "The revisions that are kept, the newest first.",
                                this::revisions)
                        .answers(200, View.RevisionList.class),
                Endpoint.get(
                                "/v1/apps/{app}/revisions/{revision}",
                                Access.READ,
                                "A revision, with its manifest and artifacts.",
                                this::revision)
                        .answers(200, View.RevisionDetail.class),
                Endpoint.get(
                                "/v1/routes",
                                Access.ANY,
                                "The routes of the apps that the caller may read.",
                                this::routes)
                        .answers(200, View.RouteList.class));
    }

    private Apps apps() {
        return parts.registry().apps();
    }

    private Answer list(Call call) {
        return Answer.ok(
                new View.AppList(
                        apps().list().stream()
                                .filter(app -> call.token().mayRead(app.name()))
                                .map(app -> app(app, parts.standing()))
                                .toList()));
    }

    static View.App app(AppState state, Standing standing) {
        return new View.App(
                state.name(),
                state.version(),
                state.live(),
                traffic(state),
                standing.problems(state.name()));
    }

    static Map<String, Integer> traffic(AppState state) {
        Map<String, Integer> percent = new TreeMap<>();
        state.traffic().forEach((revision, share) -> percent.put(revision.toString(), share));
        return percent;
    }

    private Answer show(Call call) {
        return apps().find(call.app())
                .map(state -> (Answer) Answer.ok(detail(state)).at(state))
                .orElseGet(() -> missing(call));
    }

    static Answer missing(Call call) {
        return Answer.notFound("the app " + call.app());
    }

    private View.AppDetail detail(AppState state) {
        String name = state.name();
        return new View.AppDetail(
                name,
                state.version(),
                state.live(),
                traffic(state),
                parts.standing().problems(name),
                lines(state).stream().filter(View.RevisionLine::live).findFirst(),
                routesOf(name),
                parts.standing().urls(name),
                parts.canaries().find(name).map(TrafficCalls::canary));
    }

    private List<View.RevisionLine> lines(AppState state) {
        return apps().revisions(state.name()).stream().map(each -> line(each, state)).toList();
    }

    private static View.RevisionLine line(Revision.Summary revision, AppState state) {
        return new View.RevisionLine(
                revision.number(),
                revision.at(),
                revision.who(),
                revision.message(),
                revision.number() == state.live(),
                state.traffic().getOrDefault(revision.number(), 0));
    }

    private Answer delete(Call call) {
        return changes.told(
                call,
                parts.switches().delete(call.app(), call.wish()),
                _ -> new View.Deleted(call.app()));
    }

    private Answer revisions(Call call) {
        return apps().find(call.app())
                .map(state -> (Answer) Answer.ok(new View.RevisionList(lines(state))).at(state))
                .orElseGet(() -> missing(call));
    }

    private Answer revision(Call call) {
        Optional<AppState> state = apps().find(call.app());
        return apps().revision(call.app(), call.revision())
                .flatMap(found -> state.map(of -> (Answer) Answer.ok(detail(found, of))))
                .orElseGet(
                        () -> Answer.notFound("revision " + call.revision() + " of " + call.app()));
    }

    private static View.RevisionDetail detail(Revision revision, AppState state) {
        View.RevisionLine line = line(revision.summary(), state);
        Map<String, String> artifacts = new TreeMap<>();
        revision.artifacts().forEach((path, digest) -> artifacts.put(path, Digests.text(digest)));
        return new View.RevisionDetail(
                line.number(),
                line.at(),
                line.who(),
                line.message(),
                line.live(),
                line.percent(),
                revision.manifest(),
                artifacts);
    }

    private Answer routes(Call call) {
        List<RouteRow> served = parts.standing().routes();
        return Answer.ok(
                new View.RouteList(
                        apps().routes().stream()
                                .filter(route -> call.token().mayRead(route.app()))
                                .map(route -> route(route, served))
                                .toList()));
    }

    private List<View.Route> routesOf(String app) {
        List<RouteRow> served = parts.standing().routes();
        return apps().routes().stream()
                .filter(route -> route.app().equals(app))
                .map(route -> route(route, served))
                .toList();
    }

    /** What the database says, with what this gateway knows of its target. */
    private static View.Route route(Route route, List<RouteRow> served) {
        String target =
                served.stream()
                        .filter(row -> same(row, route))
                        .map(RouteRow::target)
                        .findFirst()
                        .orElse("");
        return new View.Route(route.app(), route.host(), route.method(), route.pattern(), target);
    }

    private static boolean same(RouteRow row, Route route) {
        return row.app().equals(route.app())
                && row.host().equals(route.host())
                && row.route().equals(route.pattern())
                && (row.methods().equals(route.method())
                        || List.of(row.methods().split("[, ]+", -1)).contains(route.method()));
    }
}
