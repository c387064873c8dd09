package dev.mayfly.gateway;

import dev.mayfly.http.AppRoutes;
import dev.mayfly.http.AppSplit;
import dev.mayfly.http.RouteTable;
import dev.mayfly.pool.GuestFunction;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A revision whose functions are all loaded. Its state is guarded by itself. */
final class LoadedApp implements PreparedApp {
    private enum State {
        /** Its owner's, who may close it. */
        READY,
        /** The gateway's. */
        SERVED,
        CLOSED
    }

    private final AppRoutes routes;
    private final RouteTable own;
    private final List<String> warnings;
    private final Counts<StatusClass> answers = new Counts<>(StatusClass.class);
    private final Set<String> patterns;
    private State state = State.READY;

    /** {@code own} is the table of these {@code routes} alone. */
    LoadedApp(AppRoutes routes, RouteTable own, List<String> warnings) {
        this.routes = routes;
        this.own = own;
        this.warnings = List.copyOf(warnings);
        this.patterns = own.rows().stream().map(RouteTable.Row::route).collect(Collectors.toSet());
    }

    @Override
    public String app() {
        return routes.manifest().app().name();
    }

    @Override
    public long revision() {
        return routes.revision();
    }

    @Override
    public List<RouteRow> routes() {
        return RouteRow.of(own);
    }

    /** The routes of this revision alone. */
    RouteTable table() {
        return own;
    }

    List<String> warnings() {
        return warnings;
    }

    /** While it shared its requests with another. */
    Counts<StatusClass> answers() {
        return answers;
    }

    AppRoutes appRoutes() {
        return routes;
    }

    AppSplit.Share share(int percent) {
        return new AppSplit.Share(routes, percent, status -> answers.add(StatusClass.of(status)));
    }

    Collection<GuestFunction> functions() {
        return routes.functions().values();
    }

    /** Whether requests come to this very function, not to one of the same name. */
    boolean has(GuestFunction function) {
        return function.equals(routes.functions().get(function.id().function()));
    }

    /** Whether it answers this route, by this function if by any. */
    boolean has(RouteTallies.Key route) {
        return route.revision() == revision()
                && patterns.contains(route.route())
                && (route.function().isEmpty() || routes.functions().containsKey(route.function()));
    }

    /** From here on it is the gateway's; {@return false if it is closed} */
    synchronized boolean enter() {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.SERVED;
        return true;
    }

    /** Undoes {@link #enter()}: it is its owner's again. */
    synchronized void leave() {
        if (state == State.SERVED) {
            state = State.READY;
        }
    }

    /** No request comes to it any more. */
    synchronized void retire() {
        state = State.CLOSED;
        routes.functions().values().forEach(GuestFunction::close);
    }

    @Override
    public synchronized boolean closed() {
        return state == State.CLOSED;
    }

    @Override
    public synchronized void close() {
        if (state == State.READY) {
            retire();
        }
    }

    @Override
    public String toString() {
        return app() + " " + revision();
    }

    static LoadedApp of(PreparedApp app) {
        return switch (app) {
            case LoadedApp loaded -> loaded;
        };
    }
}
