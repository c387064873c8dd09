package dev.mayfly.server;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.FunctionsNow;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.MetricsText;
import dev.mayfly.gateway.PeerTrust;
import dev.mayfly.gateway.Previews;
import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.Registry;
import dev.mayfly.server.DeployReport.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server that prepares nothing: what is committed counts as served. With the real registry, so
 * that what the API says of changes is true.
 */
record PlayedParts(Registry registry, List<Long> awaited)
        implements Deploys, Switches, Standing, Canaries {
    PlayedParts(Registry registry) {
        this(registry, new ArrayList<>());
    }

    /** A gateway that measures nothing. */
    static Observed observed(GuestLogs logs) {
        return new Observed(
                logs,
                new PlayedActivations(),
                (_, _) -> new FunctionsNow(List.of(), 0),
                Previews.NONE,
                _ -> new MetricsText("text/plain", ""),
                false);
    }

    @Override
    public DeployOutcome deploy(DeployWish wish) {
        if (!wish.revision().manifest().contains("name = \"" + wish.app() + "\"")) {
            return new DeployOutcome.Invalid(
                    List.of(new Problem(3, 1, "app.name", "another app", "deploy to that one")));
        }
        if (wish.dryRun()) {
            return reported(wish, 0, Ending.PLANNED);
        }
        ChangeResult result = registry.apps().commit(wish.revision(), wish.intent());
        return switch (result) {
            case ChangeResult.Done done -> reported(wish, done.revision(), Ending.DEPLOYED);
            case ChangeResult.Unchanged(var state) ->
                    reported(wish, state.live(), Ending.UNCHANGED);
            default -> new DeployOutcome.Refused(result);
        };
    }

    private static DeployOutcome reported(DeployWish wish, int revision, Ending ending) {
        RouteRow route = new RouteRow(wish.app(), "*", "GET", "/...", "f");
        return new DeployOutcome.Reported(
                new DeployReport(
                        wish.app(),
                        revision,
                        ending,
                        List.of(new PlannedChange("route-added", "GET /...")),
                        List.of(route),
                        List.of("http://localhost/"),
                        List.of("a warning"),
                        List.of(new TimedStep("read", 1)),
                        List.of(place())));
    }

    /** Nobody but this one. */
    static Others others(Path folder) {
        ServerSettings settings = LiveServer.settings(folder, "postgres://none@127.0.0.1:1/none");
        return new Others(
                new Self(settings), new Peers(new PeerTrust(settings.transport().adminTls())));
    }

    private static GatewayPlace place() {
        return new GatewayPlace("1", "g1", "127.0.0.1:3000", "", 7, Instant.EPOCH);
    }

    @Override
    public ChangeResult activate(String app, int revision, Intent intent) {
        return registry.apps().activate(app, revision, intent);
    }

    @Override
    public ChangeResult rollback(String app, Intent intent) {
        return registry.apps().rollback(app, intent);
    }

    @Override
    public ChangeResult split(String app, Map<Integer, Integer> percent, Intent intent) {
        return registry.apps().split(app, percent, intent);
    }

    @Override
    public ChangeResult delete(String app, Intent intent) {
        return registry.apps().delete(app, intent);
    }

    @Override
    public ChangeResult set(
            String app, Map<String, String> values, Set<String> remove, Intent intent) {
        return registry.variables().set(app, values, remove, intent);
    }

    @Override
    public ChangeResult setSecrets(
            String app, Map<String, String> values, Set<String> remove, Intent intent) {
        return registry.variables().setSecrets(app, values, remove, intent);
    }

    /** Every app that has two revisions with traffic is one that is rolled out. */
    @Override
    public Optional<CanaryState> find(String app) {
        return registry.apps()
                .live(app)
                .map(LiveApp::state)
                .filter(state -> state.traffic().size() == 2)
                .map(state ->
                        new CanaryState(
                                state.traffic().lastKey(),
                                state.traffic().lastEntry().getValue(),
                                Duration.ofMinutes(10),
                                "5xx>1%",
                                Instant.EPOCH,
                                "running"));
    }

    @Override
    public ChangeResult end(String app, Intent intent) {
        return registry.apps()
                .find(app)
                .filter(state -> state.traffic().size() == 2)
                .map(state -> registry.apps().activate(app, state.live(), intent))
                .orElseGet(() -> new ChangeResult.NotFound("a gradual rollout of " + app));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Set<String> degraded() {
        return Set.of("a reason");
    }

    @Override
    public boolean databaseAway() {
        return false;
    }

    @Override
    public long number() {
        return 7;
    }

    @Override
    public Optional<ServerSettings.Address> listen() {
        return Optional.of(new ServerSettings.Address("127.0.0.1", 3000));
    }

    @Override
    public List<String> problems(String app) {
        return app.endsWith("x") ? List.of("it does not load") : List.of();
    }

    @Override
    public List<RouteRow> routes() {
        return List.of(new RouteRow("shop", "shop.example", "*", "/...", "f"));
    }

    @Override
    public List<FunctionRow> functions() {
        return List.of();
    }

    @Override
    public List<GatewayPlace> gateways() {
        return List.of(place());
    }

    @Override
    public List<String> urls(String app) {
        return List.of("http://" + app + ".example/");
    }

    @Override
    public void await(long number, Duration wait) {
        awaited.add(number);
    }
}
