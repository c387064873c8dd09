package dev.mayfly.server;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.NewRevision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Deploys, and going back. */
final class DeployCalls {
    private final AdminParts parts;
    private final Changes changes;

    DeployCalls(AdminParts parts, Changes changes) {
        this.parts = parts;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(
                                "/v1/apps/{app}/deploys",
                                Access.DEPLOY,
                                "Deploys a revision, or plans to.",
                                this::deploy)
                        .takes(Wish.NewDeploy.class)
                        .answers(201, View.Deploy.class)
                        .answers(200, View.Deploy.class)
                        .refuses(Kind.ARTIFACTS_MISSING, Kind.ROUTES_TAKEN),
                Endpoint.post(
                                "/v1/apps/{app}/activate",
                                Access.DEPLOY,
                                "Gives all traffic to a revision.",
                                this::activate)
                        .takes(Wish.Activation.class)
                        .answers(200, View.App.class)
                        .refuses(Kind.ROUTES_TAKEN),
                Endpoint.post(
                                "/v1/apps/{app}/rollback",
                                Access.DEPLOY,
                                "Gives all traffic back to the revision before, or to another.",
                                this::rollback)
                        .takes(Wish.Rollback.class)
                        .answers(200, View.App.class)
                        .refuses(Kind.ROUTES_TAKEN));
    }

    private Answer deploy(Call call) {
        Wish.NewDeploy wish = call.body(Wish.NewDeploy.class);
        List<Problem> problems = new ArrayList<>();
        Map<String, Digest> artifacts = artifacts(wish, problems);
        checkCanary(wish, problems);
        return problems.isEmpty()
                ? told(call, parts.deploys().deploy(wish(call, wish, artifacts)))
                : Answer.refused(Refusal.invalid(problems));
    }

    private static Map<String, Digest> artifacts(Wish.NewDeploy wish, List<Problem> problems) {
        Map<String, Digest> artifacts = new LinkedHashMap<>();
        wish.artifacts()
                .forEach((path, digest) -> {
                    if (digest.matches(Digests.PATTERN)) {
                        artifacts.put(path, Digests.read(digest));
                    } else {
                        problems.add(
                                Shape.problem(
                                        Sent.within("artifacts", path),
                                        "no digest (expected: " + Digests.PATTERN + ")",
                                        "correct the value"));
                    }
                });
        return artifacts;
    }

    private static void checkCanary(Wish.NewDeploy wish, List<Problem> problems) {
        if (wish.canary().isPresent() && wish.percent().isPresent()) {
            problems.add(
                    Shape.problem(
                            "percent",
                            "both percent and canary (expected: one of them)",
                            "leave one out: canary.percent is the first step"));
        }
    }

    private static DeployWish wish(Call call, Wish.NewDeploy wish, Map<String, Digest> artifacts) {
        int percent = wish.canary().map(Wish.CanaryWish::percent).or(wish::percent).orElse(100);
        return new DeployWish(
                call.app(),
                new NewRevision(wish.manifest(), artifacts, wish.message(), percent),
                wish.canary().map(DeployCalls::canary),
                wish.dryRun().orElse(false),
                Changes.patience(wish.patience()),
                call.wish());
    }

    private static CanaryWish canary(Wish.CanaryWish canary) {
        return new CanaryWish(
                canary.percent(), Times.duration(canary.step()).orElseThrow(), canary.abortOn());
    }

    private Answer told(Call call, DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Reported(DeployReport report) -> told(report);
            case DeployOutcome.Refused(ChangeResult result) ->
                    Answer.refused(Changes.refusal(call, result));
            case DeployOutcome.Invalid(List<Problem> problems) ->
                    Answer.refused(Refusal.invalid(problems));
        };
    }

    private Answer told(DeployReport report) {
        View.Deploy view = view(report);
        Answer.Shown shown =
                report.outcome() == DeployReport.Ending.DEPLOYED
                        ? Answer.created(view)
                        : Answer.ok(view);
        return parts.registry().apps().find(report.app()).map(shown::at).orElse(shown);
    }

    private static View.Deploy view(DeployReport report) {
        return new View.Deploy(
                report.app(),
                report.revision(),
                report.outcome().name().toLowerCase(Locale.ROOT),
                report.changes().stream()
                        .map(change -> new View.Planned(change.kind(), change.what()))
                        .toList(),
                report.routes().stream().map(DeployCalls::route).toList(),
                report.urls(),
                report.warnings(),
                report.steps().stream().map(step -> new View.Step(step.name(), step.ms())).toList(),
                report.gateways().stream().map(StatusCalls::gateway).toList());
    }

    private static View.Route route(RouteRow row) {
        return new View.Route(row.app(), row.host(), row.methods(), row.route(), row.target());
    }

    private Answer activate(Call call) {
        Wish.Activation wish = call.body(Wish.Activation.class);
        return switched(
                call,
                parts.switches().activate(call.app(), wish.revision(), call.wish()),
                wish.patience());
    }

    private Answer rollback(Call call) {
        Wish.Rollback wish = call.body(Wish.Rollback.class);
        ChangeResult result =
                wish.revision()
                        .map(revision ->
                                parts.switches().activate(call.app(), revision, call.wish()))
                        .orElseGet(() -> parts.switches().rollback(call.app(), call.wish()));
        return switched(call, result, wish.patience());
    }

    private Answer switched(Call call, ChangeResult result, Optional<String> wait) {
        return changes.awaited(call, result, wait, state -> AppCalls.app(state, parts.standing()));
    }
}
