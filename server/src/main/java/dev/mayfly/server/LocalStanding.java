package dev.mayfly.server;

import dev.mayfly.gateway.Events;
import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.GatewayBeat;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How this gateway stands, as its replica and the registry know it. */
final class LocalStanding implements Standing {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String AWAY = "the database does not answer";
    private static final String BEHIND = "an app is not served as it should be";

    private final Gateway gateway;
    private final Registry registry;
    private final Replica replica;

    private volatile @Nullable Address listen;

    LocalStanding(Gateway gateway, Registry registry, Replica replica) {
        this.gateway = gateway;
        this.registry = registry;
        this.replica = replica;
    }

    void listensAt(Address address) {
        listen = address;
    }

    @Override
    public boolean ready() {
        return listen != null && gateway.ready();
    }

    @Override
    public Set<String> degraded() {
        Set<String> reasons = new TreeSet<>();
        if (replica.isAway()) {
            reasons.add(AWAY);
        }
        if (replica.hasProblems()) {
            reasons.add(BEHIND);
        }
        if (!gateway.events().stream().allMatch(Events::reachable)) {
            reasons.add(Events.AWAY);
        }
        return reasons;
    }

    @Override
    public boolean databaseAway() {
        return replica.isAway();
    }

    @Override
    public long number() {
        return replica.applied();
    }

    @Override
    public Optional<Address> listen() {
        return Optional.ofNullable(listen);
    }

    @Override
    public List<String> problems(String app) {
        return replica.problems(app).stream().map(LocalStanding::sentence).toList();
    }

    private static String sentence(Problem problem) {
        return problem.key().isEmpty()
                ? problem.message()
                : problem.key() + ": " + problem.message();
    }

    @Override
    public List<RouteRow> routes() {
        return gateway.routes();
    }

    @Override
    public List<FunctionRow> functions() {
        return gateway.functions().rows();
    }

    @Override
    public List<GatewayPlace> gateways() {
        try {
            return registry.gateways().present().stream().map(LocalStanding::place).toList();
        } catch (UnavailableException _) { // then nobody knows who else is there
            return List.of();
        }
    }

    private static GatewayPlace place(GatewayBeat beat) {
        return new GatewayPlace(
                beat.id(),
                beat.name(),
                beat.address(),
                beat.admin(),
                beat.applied(),
                beat.seenAt());
    }

    @Override
    public List<String> urls(String app) {
        return listen().map(address -> new AppUrls(address).of(app, gateway.routes()))
                .orElse(List.of());
    }

    @Override
    public void await(long number, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        while (isBehind(number) && System.nanoTime() < end && !Thread.interrupted()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean isBehind(long number) {
        return gateways().stream().anyMatch(place -> place.applied() < number);
    }
}
