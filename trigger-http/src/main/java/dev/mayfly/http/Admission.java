package dev.mayfly.http;

import java.util.Optional;

/** Whether a request may be routed. */
sealed interface Admission permits RequestView, Admission.Preview, Admission.Rejection {
    /**
     * It may be, by the routes of a revision that it names.
     *
     * @param request the request
     * @param revision its number
     * @param app as the host names it; empty where the header names the revision, of the app whose
     *     route the request matches
     */
    record Preview(RequestView request, long revision, Optional<String> app) implements Admission {}

    /**
     * It may not.
     *
     * @param status what to answer
     * @param detail a sentence the caller may see
     */
    record Rejection(int status, String detail) implements Admission {
        static Rejection malformed(String detail) {
            return new Rejection(400, detail);
        }
    }
}
