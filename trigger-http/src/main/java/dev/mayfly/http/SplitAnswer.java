package dev.mayfly.http;

/**
 * Stands at every route of an app whose revisions share its requests. One of them is chosen, and
 * the request is matched again among that one's own routes, so that it sees one revision: where a
 * local redirect leads back to the app, the choice stands.
 */
final class SplitAnswer implements Answer {
    private final Split split;
    private final Stickiness stickiness;

    SplitAnswer(Split split, Stickiness stickiness) {
        this.split = split;
        this.stickiness = stickiness;
    }

    /** The revision that is chosen may not: then it has nothing for the request. */
    @Override
    public boolean takesPreflights() {
        return true;
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        Choice before = dispatch.choice();
        if (before == null || !before.isOf(split.app())) {
            dispatch.choose(Choice.of(split, stickiness.key(split, dispatch, request)));
        } else if (!before.split().equals(split)) {
            dispatch.choose(Choice.of(split, before.key())); // the table was replaced since
        }
        dispatch.routeAsChosen(request);
    }
}
