package dev.mayfly.server;

import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Variables, and secrets, which go in and never come out. */
final class VariableCalls {
    private static final String VARIABLES = "/v1/apps/{app}/variables";
    private static final String SECRETS = "/v1/apps/{app}/secrets";

    private final Registry registry;
    private final Switches switches;
    private final Changes changes;

    VariableCalls(AdminParts parts, Changes changes) {
        this.registry = parts.registry();
        this.switches = parts.switches();
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(VARIABLES, Access.READ, "The app's variables.", this::shown)
                        .answers(200, View.Variables.class),
                Endpoint.of(
                                "PATCH",
                                VARIABLES,
                                Access.DEPLOY,
                                "Sets and removes variables, as one change.",
                                this::setShown)
                        .takes(Wish.Values.class)
                        .answers(200, View.Variables.class)
                        .refuses(Kind.ROUTES_TAKEN),
                Endpoint.get(
                                SECRETS,
                                Access.READ,
                                "The app's secrets, without values.",
                                this::secrets)
                        .answers(200, View.Secrets.class),
                Endpoint.of(
                                "PATCH",
                                SECRETS,
                                Access.DEPLOY,
                                "Sets and removes secrets, as one change.",
                                this::setSecrets)
                        .takes(Wish.Values.class)
                        .answers(200, View.Secrets.class)
                        .refuses(Kind.ROUTES_TAKEN));
    }

    private Answer shown(Call call) {
        return registry.apps()
                .find(call.app())
                .map(state -> (Answer) Answer.ok(variables(call.app())).at(state))
                .orElseGet(() -> AppCalls.missing(call));
    }

    private View.Variables variables(String app) {
        return new View.Variables(registry.variables().shown(app));
    }

    private Answer secrets(Call call) {
        return registry.apps()
                .find(call.app())
                .map(state -> (Answer) Answer.ok(secrets(call.app())).at(state))
                .orElseGet(() -> AppCalls.missing(call));
    }

    private View.Secrets secrets(String app) {
        return new View.Secrets(
                registry.variables().secrets(app).stream()
                        .map(secret -> new View.Secret(secret.name(), secret.keyId()))
                        .toList());
    }

    private Answer setShown(Call call) {
        return unlessEmpty(
                call,
                () -> {
                    ChangeResult result =
                            switches.set(call.app(), set(call), removed(call), call.wish());
                    return changes.told(call, result, _ -> variables(call.app()));
                });
    }

    private Answer setSecrets(Call call) {
        return unlessEmpty(
                call,
                () -> {
                    ChangeResult result =
                            switches.setSecrets(call.app(), set(call), removed(call), call.wish());
                    return changes.told(call, result, _ -> secrets(call.app()));
                });
    }

    private static Answer unlessEmpty(Call call, Supplier<Answer> change) {
        return set(call).isEmpty() && removed(call).isEmpty()
                ? Answer.refused(
                        Refusal.invalid(
                                "set", "nothing to set or to remove", "name at least one value"))
                : change.get();
    }

    private static Map<String, String> set(Call call) {
        Optional<Map<String, String>> set = call.body(Wish.Values.class).set();
        return set.orElse(Map.of());
    }

    private static Set<String> removed(Call call) {
        Optional<List<String>> remove = call.body(Wish.Values.class).remove();
        return Set.copyOf(remove.orElse(List.of()));
    }
}
