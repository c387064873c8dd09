package dev.mayfly.registry;

import dev.mayfly.registry.Edit.Edited;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change of an app does to its rows; within the ledger's transaction. */
@Singleton
final class Edits {
    private final AppRows apps;
    private final RevisionRows rows;
    private final Weights weights;
    private final Revisions revisions;
    private final Holdings holdings;
    private final Belongings belongings;

    Edits(
            AppRows apps,
            RevisionRows rows,
            Weights weights,
            Revisions revisions,
            Holdings holdings,
            Belongings belongings) {
        this.apps = apps;
        this.rows = rows;
        this.weights = weights;
        this.revisions = revisions;
        this.holdings = holdings;
        this.belongings = belongings;
    }

    Edited commit(AppRow app, long change, NewRevision revision, String who) {
        if (isLive(app, revision)) {
            return refused(new ChangeResult.Unchanged(weights.state(app)));
        }
        if (revision.percent() > 0 && revision.percent() < 100 && app.live() == 0) {
            return refused(new ChangeResult.NotFound("a live revision of " + app.name()));
        }
        Set<Digest> missing = holdings.missing(revision.artifacts().values());
        if (!missing.isEmpty()) {
            return refused(new ChangeResult.ArtifactsMissing(missing));
        }
        apps.put(app.name(), change);
        int number = store(app.name(), revision, who);
        if (revision.percent() > 0) {
            weights.give(app, change, Shares.beside(app.live(), number, revision.percent()));
        }
        return new Edited.Made(number, revision.message());
    }

    private int store(String app, NewRevision revision, String who) {
        apps.countUp(app);
        int number = apps.lastNumber(app);
        rows.add(app, number, revision.manifest(), who, revision.message());
        holdings.use(app, number, revision.artifacts());
        return number;
    }

    /** Whether all traffic goes to the same already. */
    private boolean isLive(AppRow app, NewRevision wanted) {
        return wanted.percent() == 100
                && weights.state(app).traffic().size() == 1
                && revisions
                        .find(app.name(), app.live())
                        .filter(live -> live.manifest().equals(wanted.manifest()))
                        .filter(live -> live.artifacts().equals(wanted.artifacts()))
                        .isPresent();
    }

    Edited activate(AppRow app, long change, int revision) {
        return split(app, change, Shares.beside(app.live(), revision, 100));
    }

    Edited rollback(AppRow app, long change) {
        int before = rows.before(app.name(), app.live());
        return before == 0
                ? missing("an earlier live revision of " + app.name())
                : activate(app, change, before);
    }

    Edited split(AppRow app, long change, NavigableMap<Integer, Integer> shares) {
        Optional<Edited> unknown = unknown(app, shares.keySet());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (shares.equals(weights.state(app).traffic())) {
            return refused(new ChangeResult.Unchanged(weights.state(app)));
        }
        apps.put(app.name(), change);
        return new Edited.Made(weights.give(app, change, shares), percentages(shares));
    }

    private Optional<Edited> unknown(AppRow app, Collection<Integer> numbers) {
        return numbers.stream()
                .filter(number -> !rows.has(app.name(), number))
                .findFirst()
                .map(number -> missing("revision " + number + " of " + app.name()));
    }

    private static String percentages(NavigableMap<Integer, Integer> shares) {
        return shares.entrySet().stream()
                .map(share -> share.getKey() + ": " + share.getValue() + " %")
                .collect(Collectors.joining(", "));
    }

    Edited delete(AppRow app) {
        if (app.version() == 0) {
            return missing("the app " + app.name());
        }
        weights.clear(app.name());
        rows.removeAll(app.name());
        belongings.removeAll(app.name());
        apps.remove(app.name());
        return new Edited.Made(0, "");
    }

    static Edited missing(String what) {
        return refused(new ChangeResult.NotFound(what));
    }

    static Edited refused(ChangeResult result) {
        return new Edited.Refused(result);
    }
}
