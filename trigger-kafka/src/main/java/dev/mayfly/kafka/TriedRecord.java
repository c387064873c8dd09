package dev.mayfly.kafka;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What came of a record that was tried.
 *
 * @param ran how the run ended; empty for a record that no function can be told of
 * @param failure why the attempt failed; empty for one that did not
 * @param produced what is to be written to the output topic, if there is one and the function made
 *     something
 * @param log lines of standard error, escaped
 */
public record TriedRecord(
        Optional<Ran> ran,
        Optional<String> failure,
        Optional<Produced> produced,
        List<String> log) {
    /** Copies the list in. */
    public TriedRecord {
        log = List.copyOf(log);
    }

    /**
     * A run.
     *
     * @param outcome how it ended
     * @param evidence what it used
     */
    public record Ran(Outcome outcome, Evidence evidence) {}

    /**
     * A record that comes out.
     *
     * @param key its key; none when empty
     * @param value its value
     * @param headers in order
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Produced(Optional<byte[]> key, byte[] value, List<TrialRecord.Header> headers) {
        /** Copies the list in. */
        public Produced {
            headers = List.copyOf(headers);
        }
    }
}
