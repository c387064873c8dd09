package dev.mayfly.server;

import dev.mayfly.registry.AppState;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** What an endpoint answers, before it is bytes. */
sealed interface Answer {
    /**
     * All is well.
     *
     * @param status of the answer
     * @param fields of its head
     * @param view its body, by the shape that the endpoint declares
     */
    record Shown(int status, Map<String, String> fields, Record view) implements Answer {
        Shown with(String field, String value) {
            Map<String, String> all = new HashMap<>(fields);
            all.put(field, value);
            return new Shown(status, all, view);
        }

        /** With the version that {@code If-Match} compares. */
        Shown at(AppState state) {
            return at(state.version());
        }

        Shown at(long version) {
            return with("etag", "\"" + version + "\"");
        }
    }

    /**
     * A head, without a body.
     *
     * @param status of the answer
     * @param fields of its head
     */
    record Bare(int status, Map<String, String> fields) implements Answer {}

    /**
     * An artifact's bytes.
     *
     * @param length how many
     * @param bytes read while they are sent
     */
    record Bytes(long length, InputStream bytes) implements Answer {}

    /**
     * A document that is not made of records: the OpenAPI document.
     *
     * @param json its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares answers
    record Json(byte[] json) implements Answer {}

    /**
     * Text that is not JSON.
     *
     * @param type of it
     * @param text all of it
     */
    record Plain(String type, String text) implements Answer {}

    /**
     * Not done, and nothing changed.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Answer {}

    static Shown ok(Record view) {
        return new Shown(200, Map.of(), view);
    }

    static Shown created(Record view) {
        return new Shown(201, Map.of(), view);
    }

    static Answer refused(Refusal refusal) {
        return new Refused(refusal);
    }

    static Answer notFound(String what) {
        return new Refused(Refusal.notFound(what));
    }
}
