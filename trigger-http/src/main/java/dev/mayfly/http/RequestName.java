package dev.mayfly.http;

/**
 * What a request's log lines are found by.
 *
 * @param id the request's id; empty during a load
 * @param traceId of its trace, 32 hexadecimal digits; empty where there is none
 */
public record RequestName(String id, String traceId) {
    /** Of what no request is the reason of. */
    public static final RequestName NONE = new RequestName("", "");
}
