package dev.mayfly.pool;

import java.util.List;

/**
 * What loading hands to the pool: a snapshot and where to call into it.
 *
 * @param snapshot what every sandbox of the function equals
 * @param entrypoint index of the function each request calls
 * @param entrances the sub-routes and the functions they call; empty without {@code _routes}
 * @param report what loading found
 * @param key what it can be thawed by, once it is kept
 */
record FrozenFunction(
        Snapshot snapshot,
        int entrypoint,
        List<Entrance> entrances,
        ModuleReport report,
        FrozenKey key) {
    FrozenFunction {
        entrances = List.copyOf(entrances);
    }

    /** The same as it is kept: its snapshot shared, its name known. */
    FrozenFunction named(FrozenKey name, Snapshot shared) {
        return new FrozenFunction(shared, entrypoint, entrances, report, name);
    }

    /**
     * A sub-route and what it calls.
     *
     * @param route as the module printed it
     * @param function index of its entrypoint
     */
    record Entrance(SubRoute route, int function) {}
}
