package dev.mayfly.http;

/**
 * Says in every answer of its route which pages of other sites may read it, a refusal's included,
 * and answers what browsers ask before they send: no guest runs for that, and no rate limit counts
 * it.
 */
final class CorsAnswer implements Answer {
    private static final byte[] NOTHING = {};

    private final Cors cors;
    private final Answer behind;

    CorsAnswer(Cors cors, Answer behind) {
        this.cors = cors;
        this.behind = behind;
    }

    @Override
    public boolean takesPreflights() {
        return true;
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        if (Cors.asksBefore(request)) {
            ResponseHead head = new ResponseHead(204, cors.preflight(request));
            dispatch.exchange().respond(head, NOTHING, 0, 0);
        } else {
            dispatch.note(cors.fields(request), Cors::owns);
            behind.answer(dispatch, request);
        }
    }
}
