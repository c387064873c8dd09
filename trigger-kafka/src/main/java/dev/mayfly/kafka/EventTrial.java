package dev.mayfly.kafka;

import dev.mayfly.kafka.TriedRecord.Produced;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A run for a record without brokers: the same {@link EventRun} as ever, and the calling thread in
 * the place of a loop. Belongs to that thread.
 */
final class EventTrial {
    private final Target target;
    private final Wiring wiring;
    private final Lines log = new Lines();
    private final AtomicReference<@Nullable EventRun> ended = new AtomicReference<>();

    /**
     * @param settings of which the size of outputs counts
     * @param wake wakes a guest thread
     */
    EventTrial(Target target, KafkaSettings settings, Runnable wake) {
        this.target = target;
        wiring =
                new Wiring(
                        "trial",
                        settings,
                        log,
                        EventWatch.NONE,
                        wake,
                        new Inbox(),
                        new Timers(),
                        new Tally(),
                        new Backoff(new SplittableRandom()));
    }

    /** Keeps the lines of one run; the guest's thread writes, the end of the run publishes. */
    private static final class Lines implements EventLog {
        private final List<String> all = new ArrayList<>();

        @Override
        public synchronized void guestLine(FunctionId function, RecordName record, String line) {
            all.add(line);
        }

        @Override
        public void failure(FunctionId function, RecordName record, String cause) {
            // Only a loop tells of failures; here they are the result.
        }

        synchronized List<String> all() {
            return List.copyOf(all);
        }
    }

    /** Runs it; empty when it took longer. */
    Optional<TriedRecord> run(TrialRecord trial, Duration longest) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = record(trial);
        var window = new PartitionWindow(new TopicPartition(record.topic(), record.partition()), 1);
        Slot slot = new Slot(window, 0, record);
        EventIds ids = new EventIds(id -> false);
        slot.name(ids.next(record));
        slot.attempts = trial.attempt();
        return switch (target.variables().examine(record, slot.identity())) {
            case Examined.Poison(String reason) -> Optional.of(notRun(reason));
            case Examined.Sound(CloudEvent event) ->
                    submit(
                            new EventRun(slot, target, ids.span(), event, wiring, ended::set),
                            longest);
        };
    }

    private TriedRecord notRun(String reason) {
        return new TriedRecord(Optional.empty(), Optional.of(reason), Optional.empty(), log.all());
    }

    private Optional<TriedRecord> submit(EventRun run, Duration longest)
            throws InterruptedException {
        if (!target.function().retain()) {
            return Optional.of(notRun("the function is closed"));
        }
        wiring.inbox().belongTo(() -> {});
        Run submitted = target.function().submit(run);
        wiring.wake().run();
        long end = System.nanoTime() + longest.toNanos();
        while (!wiring.inbox().take() || ended.get() == null) {
            long left = end - System.nanoTime();
            if (left <= 0 || Thread.interrupted()) {
                submitted.cancel();
                if (left > 0) {
                    throw new InterruptedException("the wait for a run");
                }
                return Optional.empty();
            }
            wiring.inbox().park(left);
        }
        return Optional.of(tried(run));
    }

    private TriedRecord tried(EventRun run) {
        return new TriedRecord(
                Optional.of(new TriedRecord.Ran(run.outcome(), run.evidence())),
                failure(run),
                run.produced() instanceof OutputRecord.Produced produced
                        ? Optional.of(produced(produced))
                        : Optional.empty(),
                log.all());
    }

    private Optional<String> failure(EventRun run) {
        return switch (run.outcome()) {
            case Outcome.Exited(int code) when code == 0 -> flaw(run);
            case Outcome.Exited(int code) -> Optional.of("exited with code " + code);
            case Outcome.Trapped(String reason) -> Optional.of("trapped: " + reason);
            case Outcome.DeadlineExceeded(Duration limit) ->
                    Optional.of("ran past its limit of " + limit.toMillis() + " ms");
            case Outcome.CpuExceeded(Duration limit) ->
                    Optional.of(
                            "computed past its limit of " + limit.toMillis() + " ms of CPU time");
            case Outcome.OutputExceeded(long limit) ->
                    Optional.of("wrote more than response_body: " + limit);
            case Outcome.Broken(String reason) -> Optional.of(run.broken(reason));
            case Outcome.Cancelled() -> Optional.of("stopped before its end");
            case Outcome.Refused refused -> Optional.of("not run: " + refused.cause());
        };
    }

    private Optional<String> flaw(EventRun run) {
        if (target.trigger().outputTopic().isEmpty()) {
            return Optional.empty();
        }
        return switch (run.produced()) {
            case null -> Optional.of("its output could not be read");
            case OutputRecord.Malformed(String reason) ->
                    Optional.of("its output is malformed: " + reason);
            case OutputRecord.Nothing() -> Optional.empty();
            case OutputRecord.Produced _ -> Optional.empty();
        };
    }

    private Produced produced(OutputRecord.Produced produced) {
        ProducerRecord<byte[], byte[]> record =
                produced.to(target.trigger().outputTopic().orElseThrow());
        List<TrialRecord.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte @Nullable [] value = header.value();
            headers.add(new TrialRecord.Header(header.key(), value == null ? new byte[0] : value));
        }
        return new Produced(Optional.ofNullable(record.key()), record.value(), headers);
    }

    private static ConsumerRecord<byte[], byte[]> record(TrialRecord trial) {
        RecordHeaders headers = new RecordHeaders();
        trial.headers().forEach(header -> headers.add(header.key(), header.value()));
        byte @Nullable [] key = trial.key().orElse(null);
        byte @Nullable [] value = trial.value().orElse(null);
        return new ConsumerRecord<>(
                trial.topic(),
                trial.partition(),
                trial.offset(),
                trial.timestamp(),
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
