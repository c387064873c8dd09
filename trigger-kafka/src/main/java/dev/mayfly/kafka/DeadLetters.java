package dev.mayfly.kafka;

import java.util.List;
import java.util.Optional;

/**
 * Looks into dead-letter topics and sends records back. Any thread; blocks, for seconds at most.
 */
public interface DeadLetters {
    /**
     * {@return the newest records of a dead-letter topic, newest first}
     *
     * @param topic the topic
     * @param limit how many at most
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    List<DeadLetter> list(String topic, int limit);

    /**
     * {@return the record there, nothing if there is none (any more)}
     *
     * @param place where it is
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    Optional<DeadLetter> show(DeadLetter.Place place);

    /**
     * Writes the original record to the topic it came from, behind all that is there; the dead
     * letter stays. The new record says where it comes from in the header {@code
     * mayfly-replayed-from}.
     *
     * @param letter the record
     * @return where it is now
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    DeadLetter.Place replay(DeadLetter letter);
}
