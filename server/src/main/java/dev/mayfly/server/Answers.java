package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminAnswer.Content;
import dev.mayfly.gateway.AdminRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes answers bytes. */
final class Answers {
    private Answers() {}

    static AdminAnswer rendered(Answer answer, AdminRequest request) {
        return switch (answer) {
            case Answer.Shown(int status, Map<String, String> fields, Record view) ->
                    json(
                            status,
                            fields,
                            "application/json",
                            Shapes.of(view.getClass()).write(view));
            case Answer.Bare(int status, Map<String, String> fields) ->
                    new AdminAnswer(status, guarded(fields), new Content.Whole(new byte[0]));
            case Answer.Json(byte[] bytes) ->
                    new AdminAnswer(
                            200, typed(Map.of(), "application/json"), new Content.Whole(bytes));
            case Answer.Plain(String type, String text) ->
                    new AdminAnswer(
                            200,
                            typed(Map.of(), type),
                            new Content.Whole(text.getBytes(StandardCharsets.UTF_8)));
            case Answer.Bytes(long length, InputStream bytes) ->
                    new AdminAnswer(
                            200,
                            typed(Map.of(), "application/octet-stream"),
                            new Content.Streamed(length, bytes));
            case Answer.Refused(Refusal refusal) ->
                    json(
                            refusal.kind().status(),
                            refusal.fields(),
                            "application/problem+json",
                            refusal.document(request.id()));
        };
    }

    private static AdminAnswer json(
            int status, Map<String, String> fields, String type, JsonNode tree) {
        return new AdminAnswer(
                status, typed(fields, type), new Content.Whole(JsonBodies.bytes(tree)));
    }

    private static Map<String, String> typed(Map<String, String> fields, String type) {
        Map<String, String> all = guarded(fields);
        all.put("content-type", type);
        return all;
    }

    /** What is said here is for this caller and for now, and never a page. */
    private static Map<String, String> guarded(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("cache-control", "no-store");
        all.put("x-content-type-options", "nosniff");
        return all;
    }
}
