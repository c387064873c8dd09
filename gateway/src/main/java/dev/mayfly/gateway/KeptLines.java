package dev.mayfly.gateway;

import dev.mayfly.pool.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest log lines of functions, bounded in number and in bytes; the oldest go first. Fed by
 * the log's own thread, so that no function waits for a reader, nor for another function.
 *
 * <p>Numbers begin at the microseconds of the start: a reader that goes on after a restart misses
 * nothing and reads nothing twice, as long as fewer than a million lines come in a second.
 */
final class KeptLines implements GuestLogs {
    private final ServerSettings.Kept limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** By number; under the lock, as is all that follows. */
    private final Deque<LogLine> lines = new ArrayDeque<>();

    private long last = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private long weight;
    private boolean ended;

    /** Where lines are kept longer, if anywhere. */
    private final Optional<StoredLines> stored;

    KeptLines(ServerSettings.Kept limits) {
        this(limits, Optional.empty());
    }

    KeptLines(ServerSettings.Kept limits, Optional<StoredLines> stored) {
        this.limits = limits;
        this.stored = stored;
    }

    /** Keeps what is a function's; one thread. */
    void take(LogEntry entry) {
        switch (entry) {
            case LogEntry.GuestLine guest ->
                    add(guest.time(), guest.function(), guest.request().id(), guest.line());
            case LogEntry.Failure failure ->
                    add(failure.time(), failure.function(), failure.request().id(), cause(failure));
            case PastRequest request -> {}
            case LogEntry.Dropped dropped -> {}
        }
    }

    private static String cause(LogEntry.Failure failure) {
        StringBuilder line = new StringBuilder("! ");
        Escapes.appendPlain(failure.cause(), line);
        return line.toString();
    }

    private void add(Instant at, FunctionId function, String requestId, String text) {
        LogLine line =
                new LogLine(
                        last + 1, // which only this thread changes
                        at,
                        function.app(),
                        function.revision(),
                        function.function(),
                        requestId,
                        text);
        // First, and without the lock: what has left the memory is on the disk by then.
        stored.ifPresent(store -> store.append(line));
        lock.lock();
        try {
            last++;
            lines.addLast(line);
            weight += line.weight();
            forget();
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        while (lines.size() > limits.lines() || weight > limits.bytes()) {
            weight -= lines.removeFirst().weight();
        }
    }

    /** Nobody waits any more: the server goes down, and would wait for them. */
    void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LogPage read(LogQuery query) throws InterruptedException {
        long first = first();
        LogPage older = older(query, first);
        if (older.lines().size() == query.limit() && query.after() != 0) {
            return older;
        }
        lock.lockInterruptibly();
        try {
            return older.lines().isEmpty() ? waitFor(query) : joined(older, query, first);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the oldest line in memory. */
    private long first() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return lines.isEmpty() ? last + 1 : lines.getFirst().number();
        } finally {
            lock.unlock();
        }
    }

    /** What is wanted and only on the disk; read without the lock. */
    private LogPage older(LogQuery query, long first) {
        boolean reachesBack = query.after() < first - 1;
        List<LogLine> found =
                stored.isPresent() && reachesBack
                        ? stored.get().before(first, query, query.limit())
                        : List.of();
        return new LogPage(found, found.isEmpty() ? query.after() : found.getLast().number());
    }

    /** Lines of the disk, then those of the memory. Under the lock. */
    private LogPage joined(LogPage older, LogQuery query, long first) {
        LogPage newer = page(query.from(Math.max(query.after(), first - 1)));
        List<LogLine> all = new ArrayList<>(older.lines());
        all.addAll(newer.lines());
        if (all.size() <= query.limit()) {
            return new LogPage(all, newer.next());
        }
        return query.after() == 0
                ? new LogPage(all.subList(all.size() - query.limit(), all.size()), newer.next())
                : cut(all.subList(0, query.limit()));
    }

    private LogPage waitFor(LogQuery query) throws InterruptedException {
        long left = nanos(query.patience());
        LogPage page = page(query);
        while (page.lines().isEmpty() && left > 0 && !ended) {
            left = more.awaitNanos(left);
            page = page(query.from(page.next()));
        }
        return page;
    }

    private static long nanos(Duration wait) {
        return wait.compareTo(Duration.ofHours(1)) > 0 ? TimeUnit.HOURS.toNanos(1) : wait.toNanos();
    }

    private LogPage page(LogQuery query) {
        List<LogLine> found = new ArrayList<>();
        for (LogLine line : lines) {
            if (line.number() > query.after() && query.wants(line)) {
                found.add(line);
            }
        }
        if (found.size() <= query.limit()) {
            return new LogPage(found, last);
        }
        return query.after() == 0
                ? new LogPage(found.subList(found.size() - query.limit(), found.size()), last)
                : cut(found.subList(0, query.limit()));
    }

    private static LogPage cut(List<LogLine> found) {
        return new LogPage(found, found.getLast().number());
    }
}
