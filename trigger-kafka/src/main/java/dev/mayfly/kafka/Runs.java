package dev.mayfly.kafka;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands records to the pool, and sorts how their runs ended. Belongs to the loop. */
final class Runs {
    /** So many of one partition, then the next partition's. */
    private static final int IN_A_ROW = 8;

    /** Runs of less are told of in batches. */
    private static final long SHORT_NANOS = 1_000_000;

    /** How long to wait for the next target when the present one is closed. */
    private static final long CLOSED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int REMEMBERED_RUNS = 16;

    private final Wiring wiring;
    private final Endings endings;
    private final EventIds ids;
    private @Nullable Target target;
    private int underWay;
    private int nextWindow;
    private long meanNanos;
    private boolean submitted;
    private boolean held;
    private long heldUntil;

    Runs(Wiring wiring, Endings endings) {
        this.wiring = wiring;
        this.endings = endings;
        ids = new EventIds(wiring.watch()::samples);
    }

    /** The next records run on this. */
    void on(Target next) {
        target = next;
        held = false;
    }

    /** Submits what may begin, turn about between partitions. */
    void begin(List<PartitionWindow> windows, long now) {
        Target present = target;
        if (present == null || (held && heldUntil - now > 0)) {
            return;
        }
        held = false;
        submitted = false;
        int idle = 0;
        while (idle < windows.size() && hasRoom(present)) {
            nextWindow = nextWindow + 1 < windows.size() ? nextWindow + 1 : 0;
            idle = beginSome(windows.get(nextWindow), present) ? 0 : idle + 1;
        }
        if (submitted) {
            wiring.wake().run();
        }
    }

    private boolean hasRoom(Target present) {
        return !held && underWay < present.mostSubmitted();
    }

    private boolean beginSome(PartitionWindow window, Target present) {
        int begun = 0;
        while (begun < IN_A_ROW && hasRoom(present)) {
            Slot slot = window.next();
            if (slot == null) {
                break;
            }
            begun++;
            begin(slot, present);
        }
        return begun > 0;
    }

    private void begin(Slot slot, Target present) {
        if (!slot.isNamed()) {
            slot.name(ids.next(slot.record()));
        }
        switch (present.variables().examine(slot.record(), slot.identity())) {
            case Examined.Poison(String reason) -> endings.poison(slot, present, reason);
            case Examined.Sound(CloudEvent event) -> submit(slot, present, event);
        }
    }

    private void submit(Slot slot, Target present, @Nullable CloudEvent event) {
        if (!present.function().retain()) {
            slot.window.again(slot);
            hold(CLOSED_PAUSE_NANOS);
            return;
        }
        slot.attempts++;
        if (slot.begunNanos == 0) {
            slot.begunNanos = System.nanoTime();
        }
        underWay++;
        submitted = true;
        var run = new EventRun(slot, present, ids.span(), event, wiring, this::ended);
        slot.run = present.function().submit(run);
    }

    private void hold(long nanos) {
        held = true;
        heldUntil = System.nanoTime() + nanos;
    }

    private void ended(EventRun run) {
        Slot slot = run.slot();
        underWay--;
        slot.run = null;
        count(run.evidence());
        tell(run);
        switch (run.outcome()) {
            case Outcome.Exited(int code) -> {
                if (code == 0) {
                    endings.succeeded(run);
                } else {
                    failed(run, "exited with code " + code, OptionalInt.of(code));
                }
            }
            case Outcome.Trapped(String reason) -> failed(run, "trapped: " + reason);
            case Outcome.DeadlineExceeded(Duration limit) ->
                    failed(run, "ran past its limit of " + limit.toMillis() + " ms");
            case Outcome.CpuExceeded(Duration limit) ->
                    failed(
                            run,
                            "computed past its limit of " + limit.toMillis() + " ms of CPU time");
            case Outcome.OutputExceeded(long limit) ->
                    failed(run, "wrote more than response_body: " + limit);
            case Outcome.Broken(String reason) -> failed(run, run.broken(reason));
            case Outcome.Cancelled() -> notAnAttempt(slot);
            case Outcome.Refused(Outcome.Refused.Cause cause, Duration retryAfter) -> {
                notAnAttempt(slot);
                if (cause != Outcome.Refused.Cause.CLOSED) {
                    hold(retryAfter.toNanos());
                }
            }
        }
    }

    /** What was refused is no run. */
    private void tell(EventRun run) {
        if (run.outcome() instanceof Outcome.Refused) {
            return;
        }
        Slot slot = run.slot();
        Target ranOn = run.target();
        EventAttempt told =
                new EventAttempt(
                        slot.told(ranOn.trigger().group()),
                        ranOn.id(),
                        ranOn.spec().access().activations(),
                        run.attempt().number(),
                        run.outcome(),
                        run.evidence(),
                        run.attempt().span(),
                        System.nanoTime());
        wiring.watch().ran(told);
        if (slot.identity().trace().sampled() && wiring.watch().traces()) {
            slot.history.add(told);
        }
    }

    private void failed(EventRun run, String error) {
        failed(run, error, OptionalInt.empty());
    }

    private void failed(EventRun run, String error, OptionalInt exitCode) {
        endings.failed(run, error, exitCode);
    }

    /** It may run again at once; not where its partition goes away, for then somebody else will. */
    private static void notAnAttempt(Slot slot) {
        slot.attempts--;
        if (slot.window.isAbandoned()) {
            slot.window.await(slot);
        } else {
            slot.window.again(slot);
        }
    }

    private void count(Evidence evidence) {
        long nanos = evidence.guestNanos();
        if (nanos == 0) {
            return; // it never began
        }
        wiring.tally().ran(nanos);
        meanNanos += (nanos - meanNanos) / REMEMBERED_RUNS;
    }

    int underWay() {
        return underWay;
    }

    /** Whether the last runs took so little that waking the loop for each would cost more. */
    boolean areShort() {
        return meanNanos < SHORT_NANOS;
    }

    /** Nanoseconds from {@code now} until something may begin again, {@code otherwise} at most. */
    long pause(long now, long otherwise) {
        return held ? Math.min(otherwise, heldUntil - now) : otherwise;
    }
}
