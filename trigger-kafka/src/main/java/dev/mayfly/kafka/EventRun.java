package dev.mayfly.kafka;

import dev.mayfly.manifest.KafkaTrigger;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a record: a run, and the note of how it ended. What the guest reads and writes
 * belongs to the guest's thread until {@link #finished}, then to the loop.
 */
final class EventRun extends Note implements Invocation {
    /** What a dead letter tells of standard error. */
    private static final int KEPT_CHARS = 4096;

    private static final byte[] NOTHING = {};
    private static final int FIRST_OUTPUT = 256;

    /** A run that took as long is worth waking the loop for by itself. */
    private static final long LONG_RUN_NANOS = 1_000_000;

    private final Slot slot;
    private final Target target;
    private final @Nullable CloudEvent event;
    private final Wiring wiring;
    private final Consumer<EventRun> ended;
    private final EventVariables.Attempt attempt;
    private final ConsumerRecord<byte[], byte[]> record;
    private final EventIdentity identity;
    private int read;
    private byte[] output = NOTHING;
    private int written;
    private boolean tooMuch;
    private @Nullable ArrayDeque<String> stderr;
    private int stderrChars;
    private @Nullable Outcome outcome;
    private Evidence evidence = Evidence.NONE;
    private @Nullable OutputRecord produced;

    /**
     * @param span its id in the record's trace
     * @param event what the record's value says of itself
     * @param wiring where log lines go, and how much may be written
     * @param ended told on the loop's thread
     */
    EventRun(
            Slot slot,
            Target target,
            long span,
            @Nullable CloudEvent event,
            Wiring wiring,
            Consumer<EventRun> ended) {
        this.slot = slot;
        this.target = target;
        this.event = event;
        this.wiring = wiring;
        this.ended = ended;
        attempt = new EventVariables.Attempt(slot.attempts, span);
        record = slot.record();
        identity = slot.identity();
    }

    Slot slot() {
        return slot;
    }

    EventVariables.Attempt attempt() {
        return attempt;
    }

    Target target() {
        return target;
    }

    @Override
    public String requestId() {
        return identity.requestId();
    }

    @Override
    public void environment(StringBlock block) {
        target.variables().environment(block, record, identity, attempt, event);
    }

    @Override
    public void arguments(StringBlock block) {
        target.variables().arguments(block, record);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        byte[] value = record.value();
        int left = value == null ? 0 : value.length - read;
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(left, length);
        System.arraycopy(value, read, into, offset, count);
        read += count;
        return count;
    }

    /** Keeps what is to be written to a topic; without one it is nothing to anybody. */
    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (target.trigger().outputTopic().isEmpty()) {
            return;
        }
        if (length > wiring.settings().maxOutput() - written) {
            tooMuch = true;
            throw new IOException(tooMuchOutput());
        }
        if (written + length > output.length) {
            int room = Math.max(FIRST_OUTPUT, Math.max(written + length, 2 * output.length));
            output = Arrays.copyOf(output, room);
        }
        System.arraycopy(from, offset, output, written, length);
        written += length;
    }

    private String tooMuchOutput() {
        return "wrote more than kafka.max_output: " + wiring.settings().maxOutput();
    }

    @Override
    public void logLine(String line) {
        wiring.log().guestLine(target.id(), identity.name(), line);
        if (stderr == null) {
            stderr = new ArrayDeque<>();
        }
        String kept = line.length() > KEPT_CHARS ? line.substring(0, KEPT_CHARS) : line;
        stderr.addLast(kept);
        stderrChars += kept.length() + 1;
        while (stderrChars > KEPT_CHARS && stderr.size() > 1) {
            stderrChars -= stderr.removeFirst().length() + 1;
        }
    }

    @Override
    public void tick(long nanoTime) {
        // Nothing is held back that could be sent before the end.
    }

    @Override
    public void finished(Outcome how, Evidence used) {
        target.function().release();
        outcome = how;
        evidence = used;
        try {
            if (how instanceof Outcome.Exited(int code) && code == 0) {
                produced = output();
            }
        } finally {
            wiring.inbox().put(this, used.guestNanos() > LONG_RUN_NANOS);
        }
    }

    private @Nullable OutputRecord output() {
        KafkaTrigger trigger = target.trigger();
        if (trigger.outputTopic().isEmpty()) {
            return null;
        }
        return OutputRecord.read(trigger.output(), output, written, record);
    }

    @Override
    void arrived() {
        ended.accept(this);
    }

    /** How it ended; broken if the end itself failed. */
    Outcome outcome() {
        Outcome present = outcome;
        return present == null ? new Outcome.Broken("its end failed") : present;
    }

    Evidence evidence() {
        return evidence;
    }

    /** What it is to write; null without an output topic. */
    @Nullable OutputRecord produced() {
        return produced;
    }

    /** Why the guest could not write on, if it could not. */
    String broken(String reason) {
        return tooMuch ? tooMuchOutput() : reason;
    }

    /** The last lines of standard error. */
    List<String> stderr() {
        return stderr == null ? List.of() : List.copyOf(stderr);
    }
}
