package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.util.List;

/**
 * What a request was answered that was sent again.
 *
 * @param status as it would have been sent; what is counted for an answer that broke off
 * @param fields of its head, the gateway's own left out
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Replayed(int status, List<Field> fields, byte[] body) {
    /** Copies the list in. */
    public Replayed {
        fields = List.copyOf(fields);
    }
}
