package dev.mayfly.gateway;

/**
 * The server at one moment; counters only ever rise.
 *
 * @param connections open
 * @param running requests not yet answered
 * @param requests answered or broken off
 * @param idleSandboxes ready to run
 * @param runningSandboxes leased
 * @param spoolFiles on disk
 * @param spoolBytes on disk
 * @param droppedLogLines lines that came faster than they could be written
 */
public record GatewayStats(
        int connections,
        int running,
        long requests,
        int idleSandboxes,
        int runningSandboxes,
        int spoolFiles,
        long spoolBytes,
        long droppedLogLines) {}
