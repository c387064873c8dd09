package dev.mayfly.gateway;

/** The newest log lines of the functions that this gateway runs. Any thread. */
public interface GuestLogs {
    /**
     * Reads, or waits for the first line to come. Blocks for as long as the query says.
     *
     * @param query which
     * @return the lines; none when the wait was in vain
     * @throws InterruptedException when the waiting thread is interrupted
     */
    LogPage read(LogQuery query) throws InterruptedException;
}
