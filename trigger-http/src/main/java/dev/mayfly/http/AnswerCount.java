package dev.mayfly.http;

/** Counts answers of one revision. Any thread; never blocks, since the request path calls it. */
@FunctionalInterface
public interface AnswerCount {
    /**
     * One answer is over.
     *
     * @param status as sent, or as it would have been; 499 when the client had gone
     */
    void answered(int status);
}
