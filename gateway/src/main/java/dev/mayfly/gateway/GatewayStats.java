package dev.mayfly.gateway;

import java.util.List;
import java.util.Map;

/**
 * The server at one moment; counters only ever rise.
 *
 * @param connections open
 * @param acceptedConnections ever opened
 * @param refusedConnections closed at once, being one too many
 * @param running requests not yet answered
 * @param answered requests answered or broken off, by status; every key is there
 * @param rejected requests that ended before anything was run for them; every key is there
 * @param idleSandboxes ready to run
 * @param runningSandboxes leased
 * @param spoolFiles on disk
 * @param spoolBytes on disk
 * @param droppedLogLines lines that came faster than they could be written
 * @param droppedTraces requests whose trace was to be recorded and was not, for want of time
 * @param loops the event loops, always in the same order
 */
public record GatewayStats(
        int connections,
        long acceptedConnections,
        long refusedConnections,
        int running,
        Map<StatusClass, Long> answered,
        Map<Rejection, Long> rejected,
        int idleSandboxes,
        int runningSandboxes,
        int spoolFiles,
        long spoolBytes,
        long droppedLogLines,
        long droppedTraces,
        List<LoopStats> loops) {
    /** Copies the collections in. */
    public GatewayStats {
        answered = Map.copyOf(answered);
        rejected = Map.copyOf(rejected);
        loops = List.copyOf(loops);
    }

    /**
     * An event loop.
     *
     * @param pendingTasks tasks that wait for their turn
     * @param lagNanos how late it came to its last regular look at time limits
     */
    public record LoopStats(int pendingTasks, long lagNanos) {}

    /** {@return requests answered or broken off} */
    public long requests() {
        return answered.values().stream().mapToLong(Long::longValue).sum();
    }
}
