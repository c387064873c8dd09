package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which apps there are, and what is live of them; within the caller's transaction. */
@Singleton
final class Census {
    private final AppRows apps;
    private final Weights weights;
    private final Revisions revisions;

    Census(AppRows apps, Weights weights, Revisions revisions) {
        this.apps = apps;
        this.weights = weights;
        this.revisions = revisions;
    }

    List<AppState> all() {
        return apps.all().stream().map(weights::state).toList();
    }

    Optional<AppState> find(String app) {
        return apps.find(app).map(weights::state);
    }

    OptionalInt previous(String app) {
        int before = apps.find(app).map(row -> revisions.before(row.name(), row.live())).orElse(0);
        return before == 0 ? OptionalInt.empty() : OptionalInt.of(before);
    }

    List<LiveApp> live() {
        return apps.all().stream().flatMap(row -> live(row).stream()).toList();
    }

    Optional<LiveApp> live(String app) {
        return apps.find(app).flatMap(this::live);
    }

    private Optional<LiveApp> live(AppRow row) {
        AppState state = weights.state(row);
        List<Revision> weighted =
                state.traffic().keySet().stream()
                        .map(number -> revisions.find(row.name(), number).orElseThrow())
                        .toList();
        return weighted.isEmpty() ? Optional.empty() : Optional.of(new LiveApp(state, weighted));
    }
}
