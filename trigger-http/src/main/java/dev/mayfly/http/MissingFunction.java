package dev.mayfly.http;

/** Stands where a function was declared but could not be loaded. */
record MissingFunction() implements Answer {
    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        dispatch.unavailable(request, "the function is not loaded", 10);
    }
}
