package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.manifest.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why the server refused, as it told.
 *
 * @param status the HTTP status
 * @param kind the last part of its type, {@code routes-taken}; empty for {@code about:blank}
 * @param detail for people
 * @param document all of it
 * @param retryAfter seconds, if it says so
 */
record ApiProblem(
        int status, String kind, String detail, JsonNode document, Optional<String> retryAfter) {
    private static final String KINDS = "urn:mayfly:";

    static ApiProblem of(int status, JsonNode document, Optional<String> retryAfter) {
        String type = document.path("type").asText();
        String detail = document.path("detail").asText();
        return new ApiProblem(
                status,
                type.startsWith(KINDS) ? type.substring(KINDS.length()) : "",
                detail.isEmpty() ? document.path("title").asText("HTTP " + status) : detail,
                document,
                retryAfter);
    }

    /** {@return the same, of a request that had no token to be refused} */
    ApiProblem withoutToken(boolean onThisMachine) {
        String told = onThisMachine ? "no-local-token" : "no-token";
        return new ApiProblem(status, told, detail, document, retryAfter);
    }

    boolean is(String name) {
        return kind.equals(name);
    }

    /** {@return what is wrong with a manifest, if that is why} */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (JsonNode each : document.path("problems")) {
            problems.add(
                    new Problem(
                            each.path("line").asInt(),
                            each.path("column").asInt(),
                            each.path("key").asText(),
                            each.path("message").asText(),
                            each.path("mend").asText()));
        }
        return problems;
    }
}
