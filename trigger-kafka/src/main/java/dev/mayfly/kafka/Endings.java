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
            done(slot);
            return;
        }
        switch (run.produced()) {
            case null -> failed(run, "its output could not be read", CLEAN);
            case OutputRecord.Nothing() -> done(slot);
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
        wiring.tally().add(Count.FAILED_ATTEMPTS);
        int most = target.trigger().retry().attempts();
        String which = "attempt " + slot.attempts + " of " + most + " at " + name(slot) + ": ";
        wiring.log().failure(target.id(), run.requestId(), which + error);
        if (slot.attempts < most) {
            again(slot, wiring.backoff().nanos(target.trigger().retry(), slot.attempts));
        } else {
            exhausted(slot, target, failure(slot, target.id(), error, exitCode, run.stderr()));
        }
    }

    private static Failure failure(
            Slot slot, FunctionId id, String error, OptionalInt exitCode, List<String> stderr) {
        String requestId = slot.identity().requestId();
        return new Failure(error, slot.attempts, exitCode, stderr, id, requestId, Instant.now());
    }

    /** No function could read it: it has failed for good before any attempt. */
    void poison(Slot slot, Target target, String flaw) {
        Failure failure = failure(slot, target.id(), flaw, OptionalInt.empty(), List.of());
        wiring.log().failure(target.id(), failure.requestId(), name(slot) + ": " + flaw);
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
            wiring.log().failure(target.id(), failure.requestId(), name(slot) + ": passed over");
            wiring.tally().add(Count.SKIPPED);
            done(slot);
        } else {
            stop(slot, name(slot) + " failed for good: " + failure.error());
        }
    }

    private void stop(Slot slot, String reason) {
        if (slot.window.stuck().isEmpty()) {
            LOG.error("{}: {} stops: {}", wiring.name(), slot.window.id(), reason);
        }
        slot.window.stick(slot, reason);
    }

    private void again(Slot slot, long nanos) {
        slot.window.await(slot);
        if (!slot.window.leaving()) {
            wiring.timers().set(slot, System.nanoTime() + nanos);
        }
    }

    /** What it had to write is written, or will be in the transaction that commits it. */
    void written(Slot slot) {
        wiring.tally().add(slot.failedForGood ? Count.DEAD_LETTERS : Count.PRODUCED);
        done(slot);
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
        if (slot.window.leaving()) {
            return;
        }
        if (slot.outgoing == null) {
            slot.window.again(slot);
        } else {
            slot.window.resume(slot);
            outlet.write(slot, this);
        }
    }

    private void done(Slot slot) {
        wiring.tally().add(Count.DONE);
        slot.ranOn = null;
        slot.window.done(slot);
    }

    private static String name(Slot slot) {
        return slot.window.id() + "@" + slot.offset;
    }
}
