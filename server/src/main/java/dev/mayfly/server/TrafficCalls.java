package dev.mayfly.server;

import dev.mayfly.registry.AppState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How an app's traffic is split, and gradual rollouts. */
final class TrafficCalls {
    private static final String TRAFFIC = "/v1/apps/{app}/traffic";
    private static final String CANARY = "/v1/apps/{app}/canary";

    private final AdminParts parts;
    private final Changes changes;

    TrafficCalls(AdminParts parts, Changes changes) {
        this.parts = parts;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(TRAFFIC, Access.READ, "How the traffic is split.", this::show)
                        .answers(200, View.Traffic.class),
                Endpoint.of("PUT", TRAFFIC, Access.DEPLOY, "Splits the traffic.", this::split)
                        .takes(Wish.Split.class)
                        .answers(200, View.Traffic.class)
                        .refuses(Kind.ROUTES_TAKEN),
                Endpoint.get(CANARY, Access.READ, "The app's latest gradual rollout.", this::canary)
                        .answers(200, View.Canary.class),
                Endpoint.of(
                                "DELETE",
                                CANARY,
                                Access.DEPLOY,
                                "Ends the gradual rollout and gives all traffic back.",
                                this::endCanary)
                        .answers(200, View.App.class));
    }

    private Answer show(Call call) {
        return parts.registry()
                .apps()
                .find(call.app())
                .map(state -> (Answer) Answer.ok(traffic(state)).at(state))
                .orElseGet(() -> AppCalls.missing(call));
    }

    private static View.Traffic traffic(AppState state) {
        return new View.Traffic(AppCalls.traffic(state));
    }

    private Answer split(Call call) {
        Wish.Split wish = call.body(Wish.Split.class);
        long sum = wish.traffic().values().stream().mapToLong(Integer::longValue).sum();
        if (sum != 100) {
            return Answer.refused(
                    Refusal.invalid(
                            "traffic",
                            "percentages that sum to " + sum + " (expected: 100)",
                            "correct the percentages"));
        }
        return changes.awaited(
                call,
                parts.switches().split(call.app(), numbered(wish.traffic()), call.wish()),
                wish.patience(),
                TrafficCalls::traffic);
    }

    private static Map<Integer, Integer> numbered(Map<String, Integer> percent) {
        Map<Integer, Integer> numbered = new HashMap<>();
        percent.forEach((revision, share) -> numbered.put(Integer.valueOf(revision), share));
        return numbered;
    }

    private Answer canary(Call call) {
        return parts.canaries()
                .find(call.app())
                .map(state -> (Answer) Answer.ok(canary(state)))
                .orElseGet(() -> Answer.notFound("a gradual rollout of " + call.app()));
    }

    static View.Canary canary(CanaryState state) {
        return new View.Canary(
                state.revision(),
                state.percent(),
                Times.text(state.step()),
                state.abortOn(),
                state.nextAt(),
                state.state());
    }

    private Answer endCanary(Call call) {
        return changes.told(
                call,
                parts.canaries().end(call.app(), call.wish()),
                state -> AppCalls.app(state, parts.standing()));
    }
}
