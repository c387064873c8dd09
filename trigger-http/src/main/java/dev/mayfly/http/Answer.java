package dev.mayfly.http;

/** What answers a route. */
sealed interface Answer
        permits StaticAnswer,
                FilesAnswer,
                FunctionAnswer,
                MissingFunction,
                ThrottledAnswer,
                SplitAnswer {
    /**
     * Answers now, or sees to it that somebody does; on the request's event loop or a guest's
     * thread.
     */
    void answer(Dispatch dispatch, RequestView request);
}
