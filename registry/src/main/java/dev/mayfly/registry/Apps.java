package dev.mayfly.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Apps, their revisions, and which of them are live. Every change is one transaction with its line
 * of the audit log: it is made whole, or not at all. Calls block; they throw {@link
 * UnavailableException} when the database does not answer. Any thread.
 */
public interface Apps {
    /**
     * Commits a revision: the moment from which on it is live everywhere, as soon as each gateway
     * has heard of it. A revision equal to the live one is not stored again.
     *
     * @param revision manifest and artifacts
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult commit(NewRevision revision, Intent intent);

    /**
     * Gives all traffic to a revision.
     *
     * @param app whose
     * @param revision any that is kept
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult activate(String app, int revision, Intent intent);

    /**
     * Gives all traffic to the newest revision before the live one that was live once.
     *
     * @param app whose
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult rollback(String app, Intent intent);

    /**
     * Splits the traffic. The revision with the most of it is the live one; among equals, the one
     * that is live already, else the newest.
     *
     * @param app whose
     * @param percent by revision, summing to 100
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult split(String app, Map<Integer, Integer> percent, Intent intent);

    /**
     * Deletes an app with its revisions, routes, variables and secrets. Its numbers are not used
     * again.
     *
     * @param app which
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult delete(String app, Intent intent);

    /**
     * Writes down that something was done for an app, which does not change by it.
     *
     * @param app which
     * @param action what was done, a word
     * @param what to what: the same under one idempotency key
     * @param outcome what came of it, for the audit log
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult note(String app, String action, String what, String outcome, Intent intent);

    /**
     * Does all of {@link #commit} and takes it back: nobody else sees anything of it.
     *
     * @param revision manifest and artifacts
     * @param intent who, and under which conditions
     * @return how it would end; {@link ChangeResult.Done} with the number it would have
     */
    ChangeResult rehearse(NewRevision revision, Intent intent);

    /**
     * {@return the revision that {@link #rollback} would go back to, if there is one}
     *
     * @param app its name
     */
    OptionalInt previous(String app);

    /** {@return every app, by name} */
    List<AppState> list();

    /**
     * {@return an app, if it is there}
     *
     * @param app its name
     */
    Optional<AppState> find(String app);

    /**
     * {@return the revisions of an app that are kept, newest first}
     *
     * @param app whose
     */
    List<Revision.Summary> revisions(String app);

    /**
     * {@return a revision, if it is kept}
     *
     * @param app whose
     * @param number which
     */
    Optional<Revision> revision(String app, int number);

    /** {@return every route with its owner, by host and pattern} */
    List<Route> routes();

    /** {@return what is live, of one moment} */
    LiveState live();

    /**
     * {@return what is live of one app; empty when nothing is}
     *
     * @param app its name
     */
    Optional<LiveApp> live(String app);
}
