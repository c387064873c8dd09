package dev.mayfly.http;

import dev.mayfly.http.MadeExchange.Answered;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Check;
import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends an app's sample requests through a table that is not served yet. */
final class Checks {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Manifest manifest;
    private final Consumer<Exchange> trigger;
    private final Runnable wake;

    Checks(Manifest manifest, Consumer<Exchange> trigger, Runnable wake) {
        this.manifest = manifest;
        this.trigger = trigger;
        this.wake = wake;
    }

    List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (FunctionSpec function : manifest.functions().values()) {
            for (Check check : function.checks()) {
                complaint(function, check)
                        .ifPresent(complaint ->
                                failures.add(
                                        "check \"%s %s\" of function %s: %s"
                                                .formatted(
                                                        check.request().method(),
                                                        check.request().target(),
                                                        function.name(),
                                                        complaint)));
            }
        }
        return failures;
    }

    private Optional<String> complaint(FunctionSpec function, Check check) {
        MadeHead head = MadeHead.of(check.request(), host(function));
        MadeExchange exchange = new MadeExchange(head, check.request().body());
        trigger.accept(exchange);
        wake.run();
        Duration longest =
                function.limits().queueTimeout().plus(function.limits().timeout()).plus(GRACE);
        try {
            return exchange.await(longest)
                    .map(answer -> verdict(check, answer))
                    .orElse(Optional.of("no answer within " + longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted before its answer");
        }
    }

    private static Optional<String> verdict(Check check, Answered answer) {
        int status = answer.status();
        if (check.status().isPresent() && check.status().get() != status) {
            return Optional.of("status " + status + " (expected: " + check.status().get() + ")");
        }
        if (check.status().isEmpty() && status >= 500) {
            return Optional.of("status " + status + " (expected: below 500)");
        }
        return check.bodyContains()
                .filter(expected -> !answer.body().contains(expected))
                .map(expected -> "the body lacks \"" + expected + "\"");
    }

    /** {@return localhost, unless all routes of the function are for other hosts} */
    private String host(FunctionSpec function) {
        Optional<String> only = Optional.empty();
        for (HttpRoute route : manifest.http()) {
            boolean leadsHere =
                    route.target() instanceof Target.ToFunction(String name)
                            && name.equals(function.name());
            if (leadsHere && route.hosts().isEmpty()) {
                return "localhost";
            }
            if (leadsHere && only.isEmpty()) {
                only = Optional.of(route.hosts().getFirst().replace("*", "localhost"));
            }
        }
        return only.orElse("localhost");
    }
}
