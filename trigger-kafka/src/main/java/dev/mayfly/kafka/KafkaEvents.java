package dev.mayfly.kafka;

import java.time.Duration;
import java.util.List;

/** Runs functions on records of Kafka topics: the facade of this module. Safe for any thread. */
public final class KafkaEvents implements AutoCloseable {
    private final KafkaSettings settings;

    private KafkaEvents(KafkaSettings settings, EventLog log, Runnable wake) {
        this.settings = settings;
    }

    /**
     * Starts without a subscription. Returns at once, whether or not the brokers answer.
     *
     * @param settings where the brokers are
     * @param log where log lines of records go
     * @param wake called after submissions: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @return the trigger, to be closed
     */
    public static KafkaEvents open(KafkaSettings settings, EventLog log, Runnable wake) {
        return new KafkaEvents(settings, log, wake);
    }

    /**
     * Runs records on these revisions from the next record on, and on no others. A trigger that was
     * there before keeps its consumer and its partitions. Returns at once.
     *
     * @param apps every app that is served, each once
     */
    public void serve(List<EventApp> apps) {}

    /** {@return each trigger that is subscribed} */
    public List<TriggerStats> stats() {
        return List.of();
    }

    /** {@return whether the brokers answered lately; true before they were asked} */
    public boolean reachable() {
        return true;
    }

    /** {@return the dead letters of these brokers} */
    public DeadLetters deadLetters() {
        throw new IllegalStateException(settings.toString());
    }

    /**
     * Takes no more records, lets those under way end, commits, and leaves the groups. Blocks.
     *
     * @param timeout after which what still runs is cancelled
     */
    public void drain(Duration timeout) {}

    /** Leaves at once; what runs is cancelled and will be run again by whoever comes next. */
    @Override
    public void close() {}
}
