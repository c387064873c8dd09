package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.manifest.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457) on one line, the last of standard error: what programs read of a
 * command that failed under {@code --output json}. What the server refused is told as it told it;
 * what the command found itself has the same form.
 */
final class ProblemLine {
    private static final String KINDS = "urn:mayfly:";

    private final Surroundings surroundings;

    ProblemLine(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Of the server. */
    void print(ApiProblem problem) {
        JsonNode document = problem.document();
        if (document.isObject()) {
            print(Wire.bytes(document));
        } else {
            print("refused", problem.detail(), "");
        }
    }

    /**
     * Of the command itself.
     *
     * @param kind the last part of its type
     * @param detail what is wrong
     * @param mend what to do; empty for nothing in particular
     */
    void print(String kind, String detail, String mend) {
        print(Wire.bytes(document(kind, detail, mend)));
    }

    /**
     * Of a file.
     *
     * @param shown the file, as a person here would write it
     * @param problems of it
     */
    void print(String shown, List<Problem> problems) {
        String detail = Count.of(problems.size(), "problem") + " in " + shown;
        Map<String, Object> document = document("invalid", detail, "");
        List<Map<String, Object>> all = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("line", problem.line());
            each.put("column", problem.column());
            each.put("key", problem.key());
            each.put("message", problem.message());
            each.put("mend", problem.mend());
            all.add(each);
        }
        document.put("problems", all);
        print(Wire.bytes(document));
    }

    private static Map<String, Object> document(String kind, String detail, String mend) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", KINDS + kind);
        document.put("title", title(kind));
        document.put("detail", detail);
        if (!mend.isEmpty()) {
            document.put("mend", mend);
        }
        return document;
    }

    private static String title(String kind) {
        return switch (kind) {
            case "usage" -> "Wrong usage";
            case "unreachable" -> "No server answers";
            case "invalid" -> "The manifest or a module has problems";
            case "refused" -> "The server refused";
            default -> "The command failed";
        };
    }

    private void print(byte[] json) {
        surroundings.err().println(new String(json, StandardCharsets.UTF_8));
    }
}
