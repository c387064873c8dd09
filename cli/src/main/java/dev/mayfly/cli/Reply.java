package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What the admin API answered. */
sealed interface Reply {
    /**
     * It was done.
     *
     * @param status 200 to 299
     * @param body missing if there is none
     * @param headers of the answer
     */
    record Done(int status, JsonNode body, HttpHeaders headers) implements Reply {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    /**
     * It was not done, and nothing was changed.
     *
     * @param problem why
     */
    record Refused(ApiProblem problem) implements Reply {}
}
