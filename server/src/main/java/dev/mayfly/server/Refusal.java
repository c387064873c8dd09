package dev.mayfly.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mayfly.manifest.Problem;
import dev.mayfly.server.Kind.Extra;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457), before it is written.
 *
 * @param kind what it is
 * @param detail a sentence for the caller: nothing internal, no secret
 * @param extra what the kind tells besides
 * @param fields of the answer's head
 */
record Refusal(Kind kind, String detail, Extra extra, Map<String, String> fields) {
    static Refusal of(Kind kind, String detail) {
        return new Refusal(kind, detail, new Extra.None(), Map.of());
    }

    static Refusal of(Kind kind, String detail, Extra extra) {
        return new Refusal(kind, detail, extra, Map.of());
    }

    static Refusal invalid(List<Problem> problems) {
        String detail = problems.size() == 1 ? "one problem" : problems.size() + " problems";
        return of(Kind.INVALID, detail, new Extra.Problems(problems));
    }

    static Refusal invalid(String key, String message, String mend) {
        return invalid(List.of(Shape.problem(key, message, mend)));
    }

    static Refusal notFound(String what) {
        return of(Kind.NOT_FOUND, what + " is not here");
    }

    Refusal with(String field, String value) {
        return new Refusal(kind, detail, extra, Map.of(field, value));
    }

    ObjectNode document(String requestId) {
        ObjectNode document = Shapes.of(Common.class).write(common(requestId));
        kind.extra().ifPresent(type -> document.setAll(Shapes.of(type).write(extra)));
        return document;
    }

    private Common common(String requestId) {
        return new Common(
                kind.type(), kind.title(), kind.status(), detail, "urn:request:" + requestId);
    }

    /** What every problem document has. */
    record Common(
            @Said("A kind of docs/admin-api.md, or about:blank.") String type,
            String title,
            int status,
            String detail,
            @Said("The request, as X-Request-Id names it.") String instance) {}
}
