package dev.mayfly.gateway;

/** Why a request was answered, or broken off, before anything was run or served for it. */
public enum Rejection {
    /** What was sent is no HTTP request: 400. */
    MALFORMED,
    /** No route matches: 404. */
    NO_ROUTE,
    /** The route does not take the method: 405. */
    METHOD_NOT_ALLOWED,
    /** The request target is too long: 414. */
    TARGET_TOO_LONG,
    /** The headers are too long: 431. */
    HEADERS_TOO_LARGE,
    /** The headers were not complete within {@code header_timeout}: 408. */
    HEADER_TIMEOUT,
    /** The body is longer than the function takes: 413. */
    BODY_TOO_LARGE,
    /** The body paused for longer than {@code body_timeout}: 408. */
    BODY_TIMEOUT,
    /** The spool folder has no room for the body, or cannot be written: 503. */
    SPOOL_FULL,
    /** Another refusal of the gateway's own. */
    OTHER;

    /** Why a request that reached no route was answered with {@code status}, 400 or more. */
    static Rejection ofUnrouted(int status) {
        return switch (status) {
            case 400, 501, 505 -> MALFORMED;
            case 404 -> NO_ROUTE;
            case 405 -> METHOD_NOT_ALLOWED;
            case 414 -> TARGET_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            default -> OTHER;
        };
    }
}
