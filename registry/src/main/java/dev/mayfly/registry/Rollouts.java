package dev.mayfly.registry;

import java.util.List;
import java.util.Optional;

/**
 * Gradual rollouts. A rollout and the traffic it stands for change together, in one transaction;
 * whatever else changes an app's traffic ends its rollout. Calls block and throw {@link
 * UnavailableException}. Any thread.
 */
public interface Rollouts {
    /**
     * Commits a revision, as {@link Apps#commit} does, with a rollout that begins at the revision's
     * percentage.
     *
     * @param revision with less than 100 percent
     * @param plan how it goes on
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult begin(NewRevision revision, Rollout.Plan plan, Intent intent);

    /**
     * Gives the new revision more: all of it ends the rollout. Only as long as it is what {@code
     * rollout} says.
     *
     * @param rollout as it was found
     * @param percent of the traffic
     * @param who for the audit log
     * @return how it ended; not found when somebody else has changed it since
     */
    ChangeResult advance(Rollout rollout, int percent, String who);

    /**
     * Gives all traffic back to the revision before.
     *
     * @param app whose
     * @param state {@link Rollout.State#ABORTED} or {@link Rollout.State#CANCELLED}
     * @param why for the audit log
     * @param intent who, and under which conditions
     * @return how it ended; not found when no rollout is running
     */
    ChangeResult takeBack(String app, Rollout.State state, String why, Intent intent);

    /** {@return those that go on} */
    List<Rollout> running();

    /**
     * {@return the app's newest, also when it is over}
     *
     * @param app whose
     */
    Optional<Rollout> find(String app);
}
