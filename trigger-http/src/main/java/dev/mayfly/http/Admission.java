package dev.mayfly.http;

/** Whether a request may be routed. */
sealed interface Admission permits RequestView, Admission.Rejection {
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
