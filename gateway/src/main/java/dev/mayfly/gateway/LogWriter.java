package dev.mayfly.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries on a thread of its own, all that have gathered at once. Whoever logs never waits:
 * an entry that finds the queue full is counted, and the count is written as soon as there is room.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final LogEntry END = new LogEntry.Dropped(Instant.EPOCH, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** So many bytes are written at once: to a file system large pieces cost less. */
    private static final int PIECE = 1 << 16;

    /**
     * So many lines are made in one go, some 20 µs of work, before the core is offered to others. A
     * whole batch takes so long that an event loop which waits behind it leaves the other cores
     * without work.
     */
    private static final int STINT = 64;

    private final LogQueue queue = new LogQueue();
    private final LogForm form;
    private final Consumer<LogEntry> reader;
    private final OutputStream out;
    private final Thread thread;

    /** Whole lines on their way out; the writer's thread's, as the two below. */
    private final LineBytes lines = new LineBytes();

    private long reported;
    private int printed;

    LogWriter(LogForm form, OutputStream out) {
        this(form, out, _ -> {});
    }

    /** {@code reader} sees each entry before it is written, on the writer's thread. */
    LogWriter(LogForm form, OutputStream out, Consumer<LogEntry> reader) {
        this.form = form;
        this.reader = reader;
        this.out = out;
        this.thread = Thread.ofPlatform().name("mayfly-log").daemon().start(this::write);
    }

    /** Takes an entry; any thread, never blocks. */
    void add(LogEntry entry) {
        queue.add(entry);
    }

    long dropped() {
        return queue.dropped();
    }

    private void write() {
        try {
            while (writeWhatIsThere()) {
                queue.gather();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("the log cannot be written; no more lines follow", e);
        }
    }

    /** Waits until there is something; {@return whether more may come} */
    private boolean writeWhatIsThere() throws IOException, InterruptedException {
        @Nullable LogEntry entry = queue.poll();
        if (entry == null) {
            queue.rest();
            entry = queue.poll();
        }
        while (entry != null && !END.equals(entry)) {
            reader.accept(entry);
            print(entry);
            reportDropped();
            entry = queue.poll();
        }
        pass();
        out.flush();
        return entry == null;
    }

    private void reportDropped() throws IOException {
        long lost = queue.dropped();
        if (lost != reported) {
            print(new LogEntry.Dropped(Instant.now(), lost - reported));
            reported = lost;
        }
    }

    private void print(LogEntry entry) throws IOException {
        form.render(entry, lines);
        lines.sign('\n');
        if (++printed % STINT == 0) {
            offerCore();
        }
        if (lines.length() >= PIECE) {
            pass();
        }
    }

    // No lock is held and nothing waits for it: only the order of who runs next is asked for.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void offerCore() {
        Thread.yield();
    }

    private void pass() throws IOException {
        lines.pass(out);
    }

    /** Writes what is queued, then ends the thread; waits for a second at most. */
    @Override
    public void close() {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        while (thread.isAlive() && !queue.put(END) && System.nanoTime() < latest) {
            LockSupport.parkNanos(this, 1_000_000);
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
