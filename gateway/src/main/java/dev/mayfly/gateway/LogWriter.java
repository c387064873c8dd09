package dev.mayfly.gateway;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries on a thread of its own. Whoever logs never waits: an entry that finds the queue
 * full is counted, and the count is written as soon as there is room.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int MOST_WAITING = 8192;
    private static final LogEntry END = new LogEntry.Dropped(Instant.EPOCH, 0);

    private final BlockingQueue<LogEntry> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final LogForm form;
    private final Consumer<LogEntry> reader;
    private final OutputStream out;
    private final Thread thread;

    /** The writer's thread's. */
    private long reported;

    LogWriter(LogForm form, OutputStream out) {
        this(form, out, _ -> {});
    }

    /** {@code reader} sees each entry before it is written, on the writer's thread. */
    LogWriter(LogForm form, OutputStream out, Consumer<LogEntry> reader) {
        this.form = form;
        this.reader = reader;
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.thread = Thread.ofPlatform().name("mayfly-log").daemon().start(this::write);
    }

    /** Takes an entry; any thread, never blocks. */
    void add(LogEntry entry) {
        if (!queue.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    private void write() {
        StringBuilder line = new StringBuilder(256);
        try {
            for (LogEntry entry = queue.take(); !END.equals(entry); entry = queue.take()) {
                reader.accept(entry);
                print(entry, line);
                long lost = dropped.get();
                if (lost != reported) {
                    print(new LogEntry.Dropped(Instant.now(), lost - reported), line);
                    reported = lost;
                }
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("the log cannot be written; no more lines follow", e);
        }
    }

    private void print(LogEntry entry, StringBuilder line) throws IOException {
        line.setLength(0);
        form.render(entry, line);
        line.append('\n');
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what is queued, then ends the thread; waits for a second at most. */
    @Override
    public void close() {
        try {
            if (thread.isAlive()) {
                queue.put(END);
                thread.join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
