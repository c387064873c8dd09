package dev.mayfly.kafka;

import dev.mayfly.manifest.KafkaTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** Runs functions on records of Kafka topics: the facade of this module. Safe for any thread. */
public final class KafkaEvents implements AutoCloseable {
    private final Subscriptions subscriptions;
    private final Reachability reachability;
    private final DeadLetters deadLetters;

    private KafkaEvents(Clients clients, Subscription.Shared shared) {
        subscriptions = new Subscriptions(shared);
        reachability = new Reachability(() -> Admin.create(clients.admin()));
        deadLetters = new KafkaDeadLetters(clients);
    }

    /**
     * Starts without a subscription. Returns at once, whether or not the brokers answer.
     *
     * @param settings where the brokers are
     * @param log where log lines of records go
     * @param wake called after submissions: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @return the trigger, to be closed
     * @throws IllegalArgumentException when the settings cannot be used; the message says why
     */
    public static KafkaEvents open(KafkaSettings settings, EventLog log, Runnable wake) {
        return open(settings, log, EventWatch.NONE, wake);
    }

    /**
     * Starts without a subscription. Returns at once, whether or not the brokers answer.
     *
     * @param settings where the brokers are
     * @param log where log lines of records go
     * @param watch is told what becomes of records
     * @param wake called after submissions: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @return the trigger, to be closed
     * @throws IllegalArgumentException when the settings cannot be used; the message says why
     */
    public static KafkaEvents open(
            KafkaSettings settings, EventLog log, EventWatch watch, Runnable wake) {
        Clients clients = new Clients(settings);
        return new KafkaEvents(
                clients, new Subscription.Shared(settings, clients, log, watch, wake));
    }

    /**
     * Runs a function on a record, as if it had come from a broker, and to see what comes of it;
     * blocks. Nothing is written anywhere.
     *
     * @param app its functions, loaded
     * @param trigger of that app, which takes the record
     * @param record the record
     * @param server what the function is told of the server, and how much it may make of a record
     * @param wake called after the submission: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @param longest how long to wait for the end of the run
     * @return what came of it; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    public static Optional<TriedRecord> trial(
            EventApp app,
            KafkaTrigger trigger,
            TrialRecord record,
            KafkaSettings server,
            Runnable wake,
            Duration longest)
            throws InterruptedException {
        Target target = Target.of(app, trigger, server.serverSoftware());
        return new EventTrial(target, server, wake).run(record, longest);
    }

    /**
     * Runs records on these revisions from the next record on, and on no others. A trigger that was
     * there before keeps its consumer and its partitions. Returns at once.
     *
     * @param apps every app that is served, each once
     */
    public void serve(List<EventApp> apps) {
        if (subscriptions.serve(apps)) {
            reachability.start();
        }
    }

    /** {@return each trigger that is subscribed} */
    public List<TriggerStats> stats() {
        return subscriptions.stats();
    }

    /** {@return whether the brokers answered lately; true before they were asked} */
    public boolean reachable() {
        return reachability.reachable();
    }

    /** {@return the dead letters of these brokers} */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /**
     * Takes no more records, lets those under way end, commits, and leaves the groups. Blocks.
     *
     * @param timeout after which what still runs is cancelled
     */
    public void drain(Duration timeout) {
        subscriptions.end(timeout);
    }

    /** Leaves at once; what runs is cancelled and will be run again by whoever comes next. */
    @Override
    public void close() {
        reachability.close();
        subscriptions.end(Duration.ZERO);
    }
}
