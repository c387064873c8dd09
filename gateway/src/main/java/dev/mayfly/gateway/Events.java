package dev.mayfly.gateway;

import java.util.List;
import java.util.Optional;

/** What the Kafka triggers of a gateway do, and what they could not do. Any thread. */
public interface Events {
    /** What {@link Gateway#degraded} and the health page call brokers that do not answer. */
    String AWAY = "kafka";

    /** {@return whether the brokers answered lately; true before they were asked} */
    boolean reachable();

    /** {@return each trigger that is subscribed, by app, function and group} */
    List<TriggerRow> triggers();

    /**
     * {@return the dead-letter topics that the app's triggers name, of the revision that gets its
     * records}
     *
     * @param app the app's name
     */
    List<String> deadLetterTopics(String app);

    /**
     * {@return the newest dead letters of an app in a topic, newest first; none if the app does not
     * name the topic} Other apps' dead letters in the same topic are passed over. Blocks, for
     * seconds at most.
     *
     * @param app the app's name
     * @param topic one of {@link #deadLetterTopics}
     * @param limit how many records are looked at, at most
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    List<FailedRecord> deadLetters(String app, String topic, int limit);

    /**
     * {@return the app's dead letter there, nothing if there is none (any more)} Blocks, for
     * seconds at most.
     *
     * @param app the app's name
     * @param at where it is
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    Optional<FailedRecord> deadLetter(String app, FailedRecord.Place at);

    /**
     * Writes the original record to the topic it came from, behind all that is there; the dead
     * letter stays. Blocks, for seconds at most.
     *
     * @param app the app's name
     * @param at where the dead letter is
     * @return where the new record is, nothing if the app has no such dead letter
     * @throws java.io.UncheckedIOException when the brokers do not answer or refuse
     */
    Optional<FailedRecord.Place> replay(String app, FailedRecord.Place at);
}
