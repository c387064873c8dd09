package dev.mayfly.server;

import dev.mayfly.registry.AppState;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Registry;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ties a commit to what was tried out. A change is prepared with the revisions and the values an
 * app has; had somebody else changed them before the commit, it would be committed untried, and
 * might turn out not to be served. So the commit holds for the version that was looked at only, and
 * when that is over, all is tried once more. Whoever says {@code If-Match} is told instead.
 */
final class Basis {
    /**
     * Each try takes as long as a preparation; more changes than this meanwhile are no accident.
     */
    private static final int TRIES = 5;

    private Basis() {}

    /**
     * {@return {@code intent}, only if the app stays at the version it has now} Ask before anything
     * else is asked about the app.
     */
    static Intent of(Registry registry, String app, Intent intent) {
        return intent.ifVersion().isPresent()
                ? intent
                : intent.ifAt(registry.apps().find(app).map(AppState::version).orElse(0L));
    }

    /**
     * Tries again what was overtaken by another change of the app.
     *
     * @param intent as the caller has it
     * @param attempt from looking at the app to the commit
     * @param stale whether an attempt ended because the version was over
     * @return how the last attempt ended
     */
    static <T> T steady(Intent intent, Supplier<T> attempt, Predicate<T> stale) {
        T ended = attempt.get();
        for (int tries = 1; tries < TRIES && intent.ifVersion().isEmpty(); tries++) {
            if (!stale.test(ended)) {
                return ended;
            }
            ended = attempt.get();
        }
        return ended;
    }
}
