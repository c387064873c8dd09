package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Who gets how much of an app's traffic; within the caller's transaction. */
@Singleton
final class Weights {
    private final AppRows apps;
    private final WeightRows weights;
    private final RevisionRows revisions;
    private final RolloutRows rollouts;

    Weights(AppRows apps, WeightRows weights, RevisionRows revisions, RolloutRows rollouts) {
        this.apps = apps;
        this.weights = weights;
        this.revisions = revisions;
        this.rollouts = rollouts;
    }

    AppState state(AppRow app) {
        TreeMap<Integer, Integer> traffic = new TreeMap<>();
        weights.of(app.name()).forEach(row -> traffic.put(row.revision(), row.percent()));
        return new AppState(app.name(), app.version(), app.live(), traffic);
    }

    /** {@return the revision that is live now} Ends a rollout that runs. */
    int give(AppRow app, long change, NavigableMap<Integer, Integer> shares) {
        rollouts.overrule(app.name());
        weights.clear(app.name());
        shares.forEach((revision, percent) -> weights.add(app.name(), revision, percent));
        int leader = Shares.leader(shares, app.live());
        if (leader != app.live()) {
            apps.setLive(app.name(), leader);
            revisions.activated(app.name(), leader, change);
        }
        return leader;
    }

    void clear(String app) {
        weights.clear(app);
    }
}
