package dev.mayfly.registry;

import jakarta.inject.Singleton;

/** What goes with an app, besides its revisions. */
@Singleton
final class Belongings {
    private final RouteRows routes;
    private final VariableRows variables;
    private final SecretRows secrets;

    Belongings(RouteRows routes, VariableRows variables, SecretRows secrets) {
        this.routes = routes;
        this.variables = variables;
        this.secrets = secrets;
    }

    void removeAll(String app) {
        routes.clear(app);
        variables.removeAll(app);
        secrets.removeAll(app);
    }
}
