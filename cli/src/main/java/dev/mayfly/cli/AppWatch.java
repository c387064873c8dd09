package dev.mayfly.cli;

import dev.mayfly.cli.ChangeEvents.News;
import java.nio.file.ClosedWatchServiceException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads an app when its files change, on a thread of its own.
 *
 * <pre>
 *   event in a watched folder ─┐
 *                              ├─► a file differs, or a mount saw an event ─► quiet for 150 ms ─► reload
 *   a second went by ──────────┘   neither: wait on
 * </pre>
 *
 * An event beside a file proves nothing, as the folder holds other files too; what decides is
 * whether the file's size, time or identity differ. The look once a second finds what events miss:
 * a folder that was deleted and made anew takes its watch with it, and a link's target may change
 * in a folder nobody watches.
 */
final class AppWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AppWatch.class);

    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Files that never stop changing must not put a reload off for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final LiveApp app;
    private final ChangeEvents events;

    private AppWatch(LiveApp app, ChangeEvents events) {
        this.app = app;
        this.events = events;
    }

    /**
     * Watches until {@code events} is closed. No change is missed: they were collected since before
     * the app was first loaded.
     */
    static void start(LiveApp app, ChangeEvents events) {
        AppWatch watch = new AppWatch(app, events);
        Thread.ofPlatform().daemon().name("mayfly-watch").start(watch::run);
    }

    private void run() {
        try {
            while (true) {
                turn();
            }
        } catch (ClosedWatchServiceException | InterruptedException _) {
            LOG.debug("the watch has ended");
        }
    }

    private void turn() throws InterruptedException {
        if (events.await(LOOK) == News.WITHIN_A_FOLDER || app.changed()) {
            awaitQuiet();
            reload();
        }
    }

    /** A fault of one reload must not end the watch: the next change may mend it. */
    private void reload() {
        try {
            app.reload();
        } catch (RuntimeException e) {
            LOG.error("a reload failed; the app before serves on", e);
        }
    }

    /** What is being written is not read half. */
    private void awaitQuiet() throws InterruptedException {
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        News news;
        do {
            news = events.await(QUIET);
        } while (news != News.NONE && System.nanoTime() < latest);
    }
}
