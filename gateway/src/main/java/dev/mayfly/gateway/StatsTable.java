package dev.mayfly.gateway;

import java.util.List;

/**
 * The functions of a server as a person wants to see them.
 *
 * @param rows the functions that are served and did something since they last slept, by name
 * @param hot functions with a sandbox
 * @param warm functions in memory without one
 * @param cold functions that are not in memory
 * @param running runs under way
 * @param queued runs that wait
 * @param runs runs that are over, of all functions there ever were
 * @param refusals runs refused, of all functions there ever were
 * @param memoryBytes taken of the memory budget
 * @param memoryLimit the memory budget
 */
public record StatsTable(
        List<FunctionRow> rows,
        int hot,
        int warm,
        int cold,
        int running,
        int queued,
        long runs,
        long refusals,
        long memoryBytes,
        long memoryLimit) {
    /** Copies the list in. */
    public StatsTable {
        rows = List.copyOf(rows);
    }
}
