package dev.mayfly.registry;

import java.util.List;

/**
 * Hears of changes, on a thread of the registry's, one call at a time. What it throws is logged,
 * and the same changes come again.
 */
public interface Watcher {
    /**
     * Changes were committed.
     *
     * @param changes in their order, without gaps
     */
    void changed(List<Change> changes);

    /**
     * The audit log does not reach back to what was heard last: ask for everything anew.
     *
     * @param number of the change from which on changes are told again
     */
    void missed(long number);

    /** The database does not answer: what happens there is told later. */
    void lost();

    /** The database answers again; what happened meanwhile is told next. */
    void regained();
}
