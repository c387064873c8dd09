package dev.mayfly.kafka;

import dev.mayfly.pool.FunctionId;

/** Where the log lines of records go. */
public interface EventLog {
    /**
     * One line the guest wrote to standard error, escaped.
     *
     * @param function the function
     * @param line the line
     * @param requestId the record's id
     */
    void guestLine(FunctionId function, String requestId, String line);

    /**
     * Why an attempt failed, or what became of the record then; for the function's owner.
     *
     * @param cause the cause
     * @param function the function
     * @param requestId the record's id
     */
    void failure(FunctionId function, String requestId, String cause);
}
