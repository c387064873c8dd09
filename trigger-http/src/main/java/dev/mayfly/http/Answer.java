package dev.mayfly.http;

/** What answers a route. */
sealed interface Answer
        permits StaticAnswer,
                FilesAnswer,
                FunctionAnswer,
                MissingFunction,
                ThrottledAnswer,
                SplitAnswer,
                CorsAnswer {
    /**
     * Answers now, or sees to it that somebody does; on the request's event loop or a guest's
     * thread.
     */
    void answer(Dispatch dispatch, RequestView request);

    /** {@return whether it can answer what browsers ask before they send a request here} */
    default boolean takesPreflights() {
        return false;
    }
}
