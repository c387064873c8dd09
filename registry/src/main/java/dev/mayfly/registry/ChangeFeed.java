package dev.mayfly.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the changes: a notification wakes it at once, and it looks by itself from time to time,
 * so a notification that got lost costs time and nothing else. What it tells comes from the table,
 * never from the notification.
 *
 * <pre>
 *   connect ─► LISTEN ─► look ─► wait for a notification, or the poll's time ─┐
 *     ▲                    ▲                                                  │
 *     │                    └──────────────────────────────────────────────────┘
 *     └── wait, longer each time ◄── broken, anywhere
 * </pre>
 *
 * It listens before it looks: what is committed between the two is heard.
 */
final class ChangeFeed implements Following, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int BATCH = 500;
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Database database;
    private final ChangeRows changes;
    private final Lines lines;
    private final Duration poll;
    private final Watcher watcher;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** Written by the thread. */
    private volatile long number;

    /** The thread's own. */
    private boolean isLost;

    private ChangeFeed(Sources sources, Duration poll, long after, Watcher watcher) {
        this.database = sources.database();
        this.changes = sources.changes();
        this.lines = sources.lines();
        this.poll = poll;
        this.number = after;
        this.watcher = watcher;
        this.thread = Thread.ofPlatform().name("registry-changes").daemon().unstarted(this);
    }

    /** What a feed reads from. */
    record Sources(Database database, ChangeRows changes, Lines lines) {}

    static ChangeFeed start(Sources sources, Duration poll, long after, Watcher watcher) {
        ChangeFeed feed = new ChangeFeed(sources, poll, after, watcher);
        feed.thread.start();
        return feed;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!isClosing()) {
            long before = number;
            try (Connection line = lines.open()) {
                listen(line);
                follow(line.unwrap(PGConnection.class));
            } catch (SQLException | UnavailableException e) {
                lose(e);
            } catch (RuntimeException e) {
                LOG.error("changes after {} could not be told; trying again", number, e);
            }
            pause = number > before ? FIRST_PAUSE : longer(pause);
            await(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(SLOWEST_RETRY) > 0 ? SLOWEST_RETRY : twice;
    }

    private static void listen(Connection line) throws SQLException {
        try (Statement statement = line.createStatement()) {
            statement.execute("LISTEN mayfly_changes");
        }
    }

    private void follow(PGConnection line) throws SQLException {
        while (!isClosing()) {
            look();
            if (isLost) {
                isLost = false;
                watcher.regained();
            }
            line.getNotifications((int) poll.toMillis());
        }
    }

    /** Tells what is new, as often as there is something. */
    private void look() {
        List<Change> found = next();
        while (!found.isEmpty() && !isClosing()) {
            long first = found.getFirst().number();
            if (first > number + 1) {
                watcher.missed(first - 1);
                number = first - 1;
            }
            watcher.changed(found);
            number = found.getLast().number();
            found = next();
        }
    }

    private List<Change> next() {
        return database.read(
                () -> changes.after(number, BATCH).stream().map(ChangeRow::change).toList());
    }

    private void lose(Exception failure) {
        if (!isLost && !isClosing()) {
            isLost = true;
            LOG.warn("the database does not tell changes: {}", failure.getMessage());
            watcher.lost();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void await(Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("closing");
            }
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
