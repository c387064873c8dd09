package dev.mayfly.http;

import dev.mayfly.pool.FunctionId;

/** Where a request's log lines go. */
public interface RequestLog {
    /**
     * One line the guest wrote to standard error, escaped.
     *
     * @param function the function
     * @param line the line
     * @param request which request's
     */
    void guestLine(FunctionId function, RequestName request, String line);

    /**
     * Why a request failed, for the function's owner; never shown to the caller.
     *
     * @param cause the cause
     * @param function the function
     * @param request which request
     */
    void failure(FunctionId function, RequestName request, String cause);
}
