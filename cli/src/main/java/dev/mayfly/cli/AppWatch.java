package dev.mayfly.cli;

import dev.mayfly.cli.ChangeEvents.News;
import dev.mayfly.cli.WatchedBuilds.Turnout;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and reloads an app when its files change, on a thread of its own.
 *
 * <pre>
 *   event in a watched folder ─┐
 *                              ├─► a file differs, or a mount saw an event ─► quiet ─► build what is due ─► reload
 *   a second went by ──────────┘   neither: wait on                    ▲                │ failed: the one before
 *                                                                      └── sources changed meanwhile  serves on
 * </pre>
 *
 * An event beside a file proves nothing, as the folder holds other files too; what decides is
 * whether the file's size, time or identity differ. The look once a second finds what events miss:
 * a folder that was deleted and made anew takes its watch with it, and a link's target may change
 * in a folder nobody watches.
 *
 * <p>Quiet is 150 ms without an event, so that nothing is read half. That is more than half of what
 * a developer should wait at all, so where files can tell that they are whole it is 25: a module
 * names the length of each of its parts, and what a build made is whole when its command has ended.
 * A source that is empty or gone is between two steps of an editor; any other is for its compiler
 * to read, and what is saved after that is built again.
 */
final class AppWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AppWatch.class);

    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration SHORT_QUIET = Duration.ofMillis(25);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Files that never stop changing must not put a reload off for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final LiveApp app;
    private final WatchedBuilds builds;
    private final ChangeEvents events;
    private final Surroundings surroundings;

    /** When the turn before ended: what was saved earlier waited for it. */
    private Instant free = Instant.EPOCH;

    private AppWatch(
            LiveApp app, WatchedBuilds builds, ChangeEvents events, Surroundings surroundings) {
        this.app = app;
        this.builds = builds;
        this.events = events;
        this.surroundings = surroundings;
    }

    /**
     * Watches until {@code events} is closed. No change is missed: they were collected since before
     * the app was first loaded.
     */
    static void start(
            LiveApp app, WatchedBuilds builds, ChangeEvents events, Surroundings surroundings) {
        AppWatch watch = new AppWatch(app, builds, events, surroundings);
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
        // What was saved while the turn before was busy had its events then.
        News news = builds.changed() ? News.BESIDE_A_FILE : events.await(LOOK);
        if (news == News.WITHIN_A_FOLDER || app.changed() || builds.changed()) {
            boolean withinAFolder = awaitQuiet(news);
            renew(withinAFolder);
            free = Instant.now();
        }
    }

    /** A fault of one reload must not end the watch: the next change may mend it. */
    private void renew(boolean withinAFolder) throws InterruptedException {
        try {
            Turnout turnout = builds.build();
            boolean mounts = events.drain() || withinAFolder;
            if (turnout.failed() > 0 && turnout.built() == 0) {
                app.passOver();
            }
            if (turnout.built() > 0 || mounts || app.changed()) {
                app.reload(account(turnout));
            } else if (turnout.failed() > 0) {
                say("the one before serves on");
            }
        } catch (IOException e) {
            say(Complaints.reason(e) + ": nothing is built: the one before serves on");
        } catch (RuntimeException e) {
            LOG.error("a reload failed; the app before serves on", e);
        }
    }

    private Supplier<String> account(Turnout turnout) {
        Instant begin = turnout.saved().isAfter(free) ? turnout.saved() : free;
        return turnout.built() == 0
                ? () -> ""
                : () -> {
                    long all = Duration.between(begin, Instant.now()).toMillis();
                    long commands = turnout.time().toMillis();
                    return String.format(
                            Locale.ROOT,
                            ": served %d ms after it was saved, %d ms to build it, %d ms more",
                            all,
                            commands,
                            all - commands);
                };
    }

    /** What is being written is not read half; {@return whether a mount saw an event} */
    private boolean awaitQuiet(News first) throws InterruptedException {
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        boolean withinAFolder = first == News.WITHIN_A_FOLDER;
        News news;
        do {
            boolean whole = !withinAFolder && app.looksWhole() && builds.looksWhole();
            news = events.await(whole ? SHORT_QUIET : QUIET);
            withinAFolder = withinAFolder || news == News.WITHIN_A_FOLDER;
        } while (news != News.NONE && System.nanoTime() < latest);
        return withinAFolder;
    }

    private void say(String line) {
        surroundings.err().println(line);
    }
}
