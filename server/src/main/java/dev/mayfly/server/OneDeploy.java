package dev.mayfly.server;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.NewRevision;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Revision;
import dev.mayfly.registry.Rollout;
import dev.mayfly.server.DeployReport.Ending;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One deploy on its way. Until the commit it leaves nothing behind. */
final class OneDeploy {
    private final Registry registry;
    private final Preparer preparer;
    private final Replica replica;
    private final Standing standing;
    private final DeployWish wish;
    private final Handover handover;
    private final Laps laps = new Laps();

    /** Of this attempt: the commit holds for the version that was looked at. */
    private Intent firm;

    OneDeploy(
            Registry registry,
            Preparer preparer,
            Replica replica,
            Standing standing,
            DeployWish wish) {
        this.registry = registry;
        this.preparer = preparer;
        this.replica = replica;
        this.standing = standing;
        this.wish = wish;
        firm = wish.intent();
        handover = new Handover(registry, replica);
    }

    DeployOutcome run() {
        return Basis.steady(
                wish.intent(),
                this::attempt,
                ended -> ended instanceof DeployOutcome.Refused(ChangeResult.Stale _));
    }

    /** Asks the registry first, which knows in milliseconds what would be refused or is there. */
    private DeployOutcome attempt() {
        firm = Basis.of(registry, wish.app(), wish.intent());
        ChangeResult foreseen = rehearse();
        laps.lap("stage");
        return switch (foreseen) {
            case ChangeResult.Done(_, int number, boolean replayed) when replayed ->
                    report(number, Ending.UNCHANGED, served(number), List.of());
            case ChangeResult.Done(_, int number, _) -> prepare(number);
            case ChangeResult.Unchanged(AppState state) ->
                    report(state.live(), Ending.UNCHANGED, served(state.live()), List.of());
            case ChangeResult refusal -> new DeployOutcome.Refused(refusal);
        };
    }

    private ChangeResult rehearse() {
        return registry.apps().rehearse(revision(), foresight());
    }

    private NewRevision revision() {
        NewRevision asked = wish.revision();
        return wish.canary()
                .map(canary ->
                        new NewRevision(
                                asked.manifest(),
                                asked.artifacts(),
                                asked.message(),
                                canary.percent()))
                .orElse(asked);
    }

    /** A rollout's commit is another request under the same key than this look ahead. */
    private Intent foresight() {
        return wish.canary().isPresent() ? Intent.of(wish.intent().who()) : wish.intent();
    }

    private DeployOutcome prepare(int number) {
        NewRevision asked = wish.revision();
        Revision.Summary summary =
                new Revision.Summary(
                        wish.app(), number, Instant.now(), wish.intent().who(), asked.message());
        Revision candidate = new Revision(summary, asked.manifest(), asked.artifacts());
        try {
            Parsed<LoadedRevision> loaded =
                    preparer.prepare(candidate, registry.variables().forRun(wish.app()));
            laps.lap("prepare");
            return switch (loaded) {
                case Parsed.Invalid<LoadedRevision>(List<Problem> problems) ->
                        Preparer.isTaken(problems) ? taken(problems) : invalid(problems);
                case Parsed.Valid<LoadedRevision>(LoadedRevision ready) -> decide(ready);
            };
        } catch (IOException e) {
            String message = "the revision's files cannot be laid out: " + e.getMessage();
            return invalid(
                    List.of(new Problem(0, 0, "artifacts", message, "see the server's disk")));
        }
    }

    private static DeployOutcome invalid(List<Problem> problems) {
        return new DeployOutcome.Invalid(problems);
    }

    /** Another app got the route since the rehearsal: the registry says whose it is, as always. */
    private DeployOutcome taken(List<Problem> problems) {
        return rehearse() instanceof ChangeResult.RoutesTaken taken
                ? new DeployOutcome.Refused(taken)
                : invalid(problems);
    }

    private DeployOutcome decide(LoadedRevision ready) {
        List<PlannedChange> changes = PlanOfChanges.between(live(), ready.revision());
        if (wish.dryRun()) {
            ready.close();
            return report(ready.revision().number(), Ending.PLANNED, ready, changes);
        }
        ChangeResult result = commit(ready);
        laps.lap("commit");
        return switch (result) {
            case ChangeResult.Done(_, int number, _) -> switchTo(number, ready, changes);
            case ChangeResult.Unchanged(AppState state) -> {
                ready.close();
                yield report(state.live(), Ending.UNCHANGED, ready, List.of());
            }
            case ChangeResult refusal -> {
                ready.close();
                yield new DeployOutcome.Refused(refusal);
            }
        };
    }

    private Optional<Revision> live() {
        return registry.apps()
                .find(wish.app())
                .flatMap(state -> registry.apps().revision(wish.app(), state.live()));
    }

    /** A database that goes away now may have committed: the feed tells it then. */
    private ChangeResult commit(LoadedRevision ready) {
        try {
            return wish.canary().isPresent()
                    ? registry.rollouts().begin(revision(), plan(wish.canary().get()), firm)
                    : registry.apps().commit(wish.revision(), firm);
        } catch (RuntimeException e) {
            ready.close();
            throw e;
        }
    }

    private static Rollout.Plan plan(CanaryWish canary) {
        return new Rollout.Plan(canary.step(), canary.abortOn());
    }

    private DeployOutcome switchTo(int number, LoadedRevision ready, List<PlannedChange> changes) {
        long change = handover.settle(wish.app(), List.of(ready));
        laps.lap("switch");
        if (wish.patience().isPositive()) {
            standing.await(change, wish.patience());
            laps.lap("wait");
        }
        return report(number, Ending.DEPLOYED, ready, changes);
    }

    private DeployOutcome report(
            int number, Ending ending, LoadedRevision revision, List<PlannedChange> changes) {
        return report(number, ending, Optional.of(revision), changes);
    }

    private Optional<LoadedRevision> served(int number) {
        return replica.find(wish.app()).flatMap(track -> track.served().find(number));
    }

    private DeployOutcome report(
            int number,
            Ending ending,
            Optional<LoadedRevision> revision,
            List<PlannedChange> changes) {
        List<RouteRow> routes = revision.map(LoadedRevision::routes).orElse(List.of());
        List<String> warnings =
                new ArrayList<>(revision.map(LoadedRevision::warnings).orElse(List.of()));
        if (ending != Ending.PLANNED) {
            warnings.addAll(handover.complaints(wish.app()));
        }
        return new DeployOutcome.Reported(
                new DeployReport(
                        wish.app(),
                        number,
                        ending,
                        changes,
                        routes,
                        standing.urls(wish.app()),
                        warnings,
                        laps.steps(),
                        standing.gateways()));
    }
}
