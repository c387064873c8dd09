package dev.mayfly.gateway;

import java.util.List;
import java.util.Optional;

/**
 * What came of a record.
 *
 * @param run of the function; empty for a record that it cannot be told of
 * @param failure why the attempt failed; empty for one that did not
 * @param produced what is to be written to the output topic; empty without such a topic, or when
 *     the function made nothing
 * @param log lines of standard error, escaped
 */
public record TriedEvent(
        Optional<Tried.Run> run,
        Optional<String> failure,
        Optional<Produced> produced,
        List<String> log) {
    /** Copies the list in. */
    public TriedEvent {
        log = List.copyOf(log);
    }

    /**
     * A record that comes out.
     *
     * @param key its key; none when empty
     * @param value its value
     * @param headers in order, values a char a byte
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Produced(Optional<byte[]> key, byte[] value, List<TrialRequest.Field> headers) {
        /** Copies the list in. */
        public Produced {
            headers = List.copyOf(headers);
        }
    }
}
