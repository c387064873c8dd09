package dev.mayfly.registry;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Edit.Edited;
import dev.mayfly.registry.Rollout.State;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/** Rollouts in the database; each of their changes is a change of its app. */
@Singleton
final class StoredRollouts implements Rollouts {
    private final Database database;
    private final Ledger ledger;
    private final Edits edits;
    private final RolloutRows rollouts;
    private final AnsweredRows answered;

    StoredRollouts(
            Database database,
            Ledger ledger,
            Edits edits,
            RolloutRows rollouts,
            AnsweredRows answered) {
        this.database = database;
        this.ledger = ledger;
        this.edits = edits;
        this.rollouts = rollouts;
        this.answered = answered;
    }

    @Override
    public ChangeResult begin(NewRevision revision, Rollout.Plan plan, Intent intent) {
        return switch (Manifests.parse(revision.manifest())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    new ChangeResult.Invalid(problems);
            case Parsed.Valid<Manifest>(Manifest manifest) ->
                    ledger.change(
                            StoredApps.deploy(manifest.app().name(), revision, plan, intent),
                            (app, number) -> begin(app, number, revision, plan, intent.who()));
        };
    }

    private Edited begin(
            AppRow app, long number, NewRevision revision, Rollout.Plan plan, String who) {
        Edited edited = edits.commit(app, number, revision, who);
        if (edited instanceof Edited.Made(int made, _)) {
            answered.forget(app.name());
            rollouts.begin(
                    app.name(),
                    made,
                    app.live(),
                    revision.percent(),
                    plan.step().toSeconds(),
                    plan.abortOn());
        }
        return edited;
    }

    @Override
    public ChangeResult advance(Rollout rollout, int percent, String who) {
        Order order =
                StoredApps.order(
                        rollout.app(),
                        "canary",
                        Intent.of(who),
                        List.of(Integer.toString(percent)));
        return ledger.change(
                order,
                (app, number) ->
                        found(app.name())
                                .filter(row -> isSame(row, rollout))
                                .map(row -> move(app, number, row, percent))
                                .orElseGet(() -> noRollout(app.name())));
    }

    private static boolean isSame(RolloutRow row, Rollout rollout) {
        return row.revision() == rollout.revision() && row.percent() == rollout.percent();
    }

    private Edited move(AppRow app, long number, RolloutRow row, int percent) {
        NavigableMap<Integer, Integer> shares = Shares.beside(row.base(), row.revision(), percent);
        Edited edited = edits.split(app, number, shares);
        rollouts.moved(app.name(), percent, name(percent < 100 ? State.RUNNING : State.DONE));
        return edited;
    }

    @Override
    public ChangeResult takeBack(String app, Rollout.State state, String why, Intent intent) {
        String action = state == State.ABORTED ? "abort-canary" : "cancel-canary";
        return ledger.change(
                StoredApps.order(app, action, intent, List.of()),
                (row, number) ->
                        found(app)
                                .map(found -> giveBack(row, number, found, name(state), why))
                                .orElseGet(() -> noRollout(app)));
    }

    private Edited giveBack(AppRow app, long number, RolloutRow row, String state, String why) {
        Edited edited = edits.split(app, number, Shares.beside(row.revision(), row.base(), 100));
        rollouts.end(app.name(), state);
        return edited instanceof Edited.Made(int live, _) ? new Edited.Made(live, why) : edited;
    }

    private Optional<RolloutRow> found(String app) {
        return rollouts.find(app).filter(row -> row.state().equals(name(State.RUNNING)));
    }

    private static Edited noRollout(String app) {
        return Edits.missing("a running rollout of " + app);
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Rollout> running() {
        return database.read(() -> rollouts.running().stream().map(RolloutRow::rollout).toList());
    }

    @Override
    public Optional<Rollout> find(String app) {
        return database.read(() -> rollouts.find(app).map(RolloutRow::rollout));
    }
}
