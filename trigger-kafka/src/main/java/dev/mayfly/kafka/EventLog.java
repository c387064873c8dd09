package dev.mayfly.kafka;

import dev.mayfly.pool.FunctionId;

/** Where the log lines of records go. */
public interface EventLog {
    /**
     * One line the guest wrote to standard error, escaped.
     *
     * @param function the function
     * @param line the line
     * @param record the record's names
     */
    void guestLine(FunctionId function, RecordName record, String line);

    /**
     * Why an attempt failed, or what became of the record then; for the function's owner.
     *
     * @param cause the cause
     * @param function the function
     * @param record the record's names
     */
    void failure(FunctionId function, RecordName record, String cause);
}
