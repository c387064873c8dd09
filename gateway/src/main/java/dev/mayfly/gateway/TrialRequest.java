package dev.mayfly.gateway;

import java.util.List;

/**
 * A request to try an app with.
 *
 * @param method the method
 * @param target path and query, as they are sent
 * @param fields of its head, {@code Host} among them; its length is told by itself
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record TrialRequest(String method, String target, List<Field> fields, byte[] body) {
    /** Copies the list in. */
    public TrialRequest {
        fields = List.copyOf(fields);
    }

    /**
     * A field of a request or an answer.
     *
     * @param name its name
     * @param value its value, a char a byte
     */
    public record Field(String name, String value) {}
}
