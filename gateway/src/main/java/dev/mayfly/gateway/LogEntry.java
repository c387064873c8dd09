package dev.mayfly.gateway;

import dev.mayfly.http.RequestName;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.Optional;

/** Something that happened, before it is made a line. */
sealed interface LogEntry {
    /** {@return when} */
    Instant time();

    /**
     * A request was answered, or broken off.
     *
     * @param time when the answer ended
     * @param app the app's name, empty if no route matched
     * @param revision the app's, 0 under {@code mayfly up}
     * @param route as written, empty if none matched
     * @param function what ran, if a guest did
     * @param method as sent
     * @param path as sent, without the query
     * @param status as sent, or as it would have been
     * @param bytes of the answer's body
     * @param nanos from the head's arrival to the answer's end
     * @param guestNanos of those, in the guest; -1 if none ran
     * @param request which request
     */
    record Request(
            Instant time,
            String app,
            long revision,
            String route,
            Optional<FunctionId> function,
            String method,
            String path,
            int status,
            long bytes,
            long nanos,
            long guestNanos,
            RequestName request)
            implements LogEntry {}

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
