package dev.mayfly.kafka;

import dev.mayfly.kafka.Tally.Count;
import dev.mayfly.manifest.KafkaTrigger;
import dev.mayfly.manifest.KafkaTrigger.OnExhausted;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a record after a run of it, until it is done. Belongs to the loop. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    /** Before a dead letter that the brokers refuse is tried again. */
    private static final long REFUSED_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final OptionalInt CLEAN = OptionalInt.of(0);

    private final Wiring wiring;
    private final Outlet outlet;

    Endings(Wiring wiring, Outlet outlet) {
        this.wiring = wiring;
        this.outlet = outlet;
    }

    void succeeded(EventRun run) {
        Slot slot = run.slot();
        KafkaTrigger trigger = run.target().trigger();
        if (trigger.outputTopic().isEmpty()) {
            done(slot, RecordEnd.SUCCEEDED);
            return;
        }
        switch (run.produced()) {
            case null -> failed(run, "its output could not be read", CLEAN);
            case OutputRecord.Nothing() -> done(slot, RecordEnd.SUCCEEDED);
            case OutputRecord.Malformed(String reason) ->
                    failed(run, "its output is malformed: " + reason, CLEAN);
            case OutputRecord.Produced produced -> {
                slot.outgoing = produced.to(trigger.outputTopic().get());
                slot.ranOn = run;
                outlet.write(slot, this);
            }
        }
    }

    void failed(EventRun run, String error, OptionalInt exitCode) {
        Slot slot = run.slot();
        Target target = run.target();
        failedAttempt(run, error);
        if (slot.attempts < target.trigger().retry().attempts()) {
            again(slot, wiring.backoff().nanos(target.trigger().retry(), slot.attempts));
        } else {
            exhausted(slot, target, failure(slot, target.id(), error, exitCode, run.stderr()));
        }
    }

    private void failedAttempt(EventRun run, String error) {
        Slot slot = run.slot();
        count(slot, Count.FAILED_ATTEMPTS);
        int most = run.target().trigger().retry().attempts();
        String which = "attempt " + slot.attempts + " of " + most + " at " + name(slot) + ": ";
        wiring.log().failure(run.target().id(), slot.identity().name(), which + error);
    }

    private static Failure failure(
            Slot slot, FunctionId id, String error, OptionalInt exitCode, List<String> stderr) {
        String requestId = slot.identity().requestId();
        return new Failure(error, slot.attempts, exitCode, stderr, id, requestId, Instant.now());
    }

    /** No function could read it: it has failed for good before any attempt. */
    void poison(Slot slot, Target target, String flaw) {
        Failure failure = failure(slot, target.id(), flaw, OptionalInt.empty(), List.of());
        wiring.log().failure(target.id(), slot.identity().name(), name(slot) + ": " + flaw);
        exhausted(slot, target, failure);
    }

    private void exhausted(Slot slot, Target target, Failure failure) {
        KafkaTrigger trigger = target.trigger();
        Optional<String> deadLetters = trigger.deadLetterTopic();
        if (deadLetters.isPresent()) {
            slot.failedForGood = true;
            slot.outgoing = DeadLetterRecord.of(deadLetters.get(), slot.record(), failure);
            outlet.write(slot, this);
        } else if (trigger.onExhausted() == OnExhausted.SKIP) {
            passedOver(slot, target.id());
            count(slot, Count.SKIPPED);
            done(slot, RecordEnd.SKIPPED);
        } else {
            stop(slot, name(slot) + " failed for good: " + failure.error());
        }
    }

    private void passedOver(Slot slot, FunctionId id) {
        wiring.log().failure(id, slot.identity().name(), name(slot) + ": passed over");
    }

    private void stop(Slot slot, String reason) {
        if (slot.window.stuck().isEmpty()) {
            LOG.error("{}: {} stops: {}", wiring.name(), slot.window.id(), reason);
        }
        over(slot, RecordEnd.STOPPED);
        slot.window.stick(slot, reason);
    }

    private void again(Slot slot, long nanos) {
        slot.window.await(slot);
        if (!slot.window.isAbandoned()) {
            wiring.timers().set(slot, System.nanoTime() + nanos);
        }
    }

    /** What it had to write is written. */
    void written(Slot slot) {
        count(slot, slot.failedForGood ? Count.DEAD_LETTERS : Count.PRODUCED);
        done(slot, slot.failedForGood ? RecordEnd.DEAD_LETTER : RecordEnd.SUCCEEDED);
    }

    /** What it has to write will be, in the transaction that commits it. */
    void held(Slot slot) {
        slot.window.done(slot);
    }

    /** A transaction has committed it, with what it had to write. */
    void committed(Slot slot) {
        if (slot.outgoing == null) {
            count(slot, Count.SKIPPED);
            over(slot, RecordEnd.SKIPPED);
        } else {
            count(slot, slot.failedForGood ? Count.DEAD_LETTERS : Count.PRODUCED);
            over(slot, slot.failedForGood ? RecordEnd.DEAD_LETTER : RecordEnd.SUCCEEDED);
        }
        count(slot, Count.DONE);
    }

    /**
     * A transaction failed because of what it had to write, after others of its key may have run:
     * so no attempt follows, and the record ends as one whose attempts are used up.
     */
    void refusedInTransaction(Slot slot, String reason) {
        if (slot.failedForGood) {
            stay(slot, "the dead letter of " + name(slot) + " is refused: " + reason);
            return;
        }
        EventRun run = slot.ranOn();
        Target target = run.target();
        String error = "its output to " + slot.outgoing().topic() + " is refused: " + reason;
        failedAttempt(run, error);
        KafkaTrigger trigger = target.trigger();
        if (trigger.deadLetterTopic().isPresent()) {
            Failure failure = failure(slot, target.id(), error, CLEAN, run.stderr());
            slot.failedForGood = true;
            slot.outgoing =
                    DeadLetterRecord.of(trigger.deadLetterTopic().get(), slot.record(), failure);
        } else if (trigger.onExhausted() == OnExhausted.SKIP) {
            passedOver(slot, target.id());
            slot.outgoing = null;
        } else {
            stay(slot, name(slot) + " failed for good: " + error);
        }
    }

    private void stay(Slot slot, String reason) {
        if (slot.window.stuck().isEmpty()) {
            LOG.error("{}: {} stops: {}", wiring.name(), slot.window.id(), reason);
        }
        slot.window.unwritable(reason);
    }

    /** What it had to write could not be written for now. */
    void notWritten(Slot slot, long pauseNanos) {
        slot.failedWrites++;
        again(slot, pauseNanos);
    }

    /** What it had to write will not be taken by the brokers, ever. */
    void refused(Slot slot, String reason) {
        ProducerRecord<byte[], byte[]> outgoing = slot.outgoing();
        if (slot.failedForGood) {
            stop(slot, "the dead letter of " + name(slot) + " is refused: " + reason);
            wiring.timers().set(slot, System.nanoTime() + REFUSED_PAUSE_NANOS);
        } else {
            EventRun run = slot.ranOn();
            slot.outgoing = null;
            failed(run, "its output to " + outgoing.topic() + " is refused: " + reason, CLEAN);
        }
    }

    /** A pause of it is over. */
    void due(Slot slot) {
        if (slot.window.isAbandoned()) {
            return;
        }
        if (slot.outgoing == null) {
            slot.window.again(slot);
        } else {
            slot.window.resume(slot);
            outlet.write(slot, this);
        }
    }

    private void done(Slot slot, RecordEnd end) {
        over(slot, end);
        count(slot, Count.DONE);
        slot.window.done(slot);
    }

    /** For its trace. A record whose partition stands still may be over once more. */
    private void over(Slot slot, RecordEnd end) {
        if (!slot.history.isEmpty()) {
            EventRecord record = slot.history.getLast().record();
            long now = System.nanoTime();
            wiring.watch().over(new EventHistory(record, end, slot.begunNanos, now, slot.history));
            slot.history.clear();
            slot.begunNanos = 0;
        }
    }

    private void count(Slot slot, Count what) {
        wiring.tally().add(slot.window.id(), what);
    }

    private static String name(Slot slot) {
        return slot.window.id() + "@" + slot.offset;
    }
}
