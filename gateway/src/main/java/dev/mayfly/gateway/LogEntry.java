package dev.mayfly.gateway;

import dev.mayfly.http.RequestName;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;

/** Something that happened, before it is made a line. */
sealed interface LogEntry
        permits PastRequest, LogEntry.GuestLine, LogEntry.Failure, LogEntry.Dropped {
    /** {@return when} */
    Instant time();

    /**
     * A guest wrote a line.
     *
     * @param time when
     * @param function which guest
     * @param request which request's; none during a load
     * @param line the line, escaped
     */
    record GuestLine(Instant time, FunctionId function, RequestName request, String line)
            implements LogEntry {}

    /**
     * A request failed.
     *
     * @param time when
     * @param function whose
     * @param request which request
     * @param cause for the function's owner
     */
    record Failure(Instant time, FunctionId function, RequestName request, String cause)
            implements LogEntry {}

    /**
     * Entries were lost because they came faster than they could be written.
     *
     * @param time when
     * @param count how many since the last such entry
     */
    record Dropped(Instant time, long count) implements LogEntry {}
}
