package dev.mayfly.http;

/** Told once what came of collecting a body; on the event loop. */
public interface BodyReceiver {
    /**
     * All of it is here.
     *
     * @param body the body
     */
    void received(RequestBody body);

    /**
     * It did not come, and what to answer.
     *
     * @param failure why
     */
    void failed(BodyFailure failure);

    /** Why a body did not come. */
    enum BodyFailure {
        /** Longer than the limit: 413. */
        TOO_LARGE,
        /** Nothing within {@code body_timeout}: 408. */
        TIMEOUT,
        /** Malformed framing: 400. */
        MALFORMED,
        /** No room in memory or on disk: 503. */
        NO_ROOM,
        /** The client went away: no answer. */
        GONE
    }
}
