package dev.mayfly.http;

import dev.mayfly.http.Allowance.Verdict;

/** Answers 429 to callers that ask too often; the others are answered by what is behind it. */
final class ThrottledAnswer implements Answer {
    private final Throttle throttle;
    private final Answers answers;
    private final Answer behind;

    ThrottledAnswer(Throttle throttle, Answers answers, Answer behind) {
        this.throttle = throttle;
        this.answers = answers;
        this.behind = behind;
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        if (dispatch.hasPassed(throttle)) {
            behind.answer(dispatch, request);
            return;
        }
        Verdict verdict = throttle.take(request);
        dispatch.throttled(throttle, throttle.fields(verdict, answers));
        if (verdict.passed()) {
            behind.answer(dispatch, request);
        } else {
            String wait = Long.toString(Throttle.seconds(verdict.waitNanos()));
            dispatch.problem(request, 429, "too many requests", answers.field("retry-after", wait));
        }
    }
}
