package dev.mayfly.http;

import java.util.Optional;

/**
 * A valid header block.
 *
 * @param response what it says to send
 * @param bytes its length, the empty line included
 * @param localRedirect where to dispatch the request if no body follows
 * @param contentLength as the guest wrote it, -1 if it did not; only HEAD may carry it
 */
record CgiHead(ResponseHead response, int bytes, Optional<String> localRedirect, long contentLength)
        implements ParsedHead {}
