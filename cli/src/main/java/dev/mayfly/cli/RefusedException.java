package dev.mayfly.cli;

import java.io.IOException;

/**
 * Ends a command that the server refused. What a command expects to be refused it asks for itself.
 */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /** What problems are problems of when no manifest was sent. */
    static final String REQUEST = "the request";

    private final transient ApiProblem problem;
    private final String about;

    /**
     * @param problem why
     * @param about the manifest it may be about, as a person here would write it, or {@link
     *     #REQUEST}
     */
    RefusedException(ApiProblem problem, String about) {
        super(problem.detail());
        this.problem = problem;
        this.about = about;
    }

    ApiProblem problem() {
        return problem;
    }

    String about() {
        return about;
    }

    Exit exit() {
        boolean isManifests = problem.is("invalid") && !about.equals(REQUEST);
        return isManifests ? Exit.INVALID : Exit.REFUSED;
    }
}
