package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One app on its way to what the registry says it is.
 *
 * <pre>
 *   poke(7) ─┐                       ┌───────────────────────────────┐
 *   poke(9) ─┼─► heard = 9 ─► work: ask what the app is now ─► serve it ─► handled = 9 ─┐
 *   poke(8) ─┘                       └──────────── again, if more was heard ◄───────────┘
 * </pre>
 *
 * A change only says that there is something to ask about; what is served is always the answer to
 * the question. So changes that come while the app is being prepared cost one more round together,
 * none is served out of its order, and whoever pokes too often does no harm. One thread works for
 * an app at a time, and none while there is nothing to do.
 */
final class AppTrack {
    private static final Logger LOG = LoggerFactory.getLogger(AppTrack.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration SLOW_PAUSE = Duration.ofSeconds(5);

    private final String app;
    private final TrackParts parts;
    private final Served served;

    /** Guarded by this: numbers of the last change heard of, and of the last one dealt with. */
    private long heard;

    private long handled;
    private boolean isWorking;
    private boolean isClosed;

    private volatile List<Problem> problems = List.of();

    AppTrack(String app, TrackParts parts) {
        this.app = app;
        this.parts = parts;
        this.served = new Served(app, parts);
    }

    String app() {
        return app;
    }

    /** There may be something new since the change of this number. */
    synchronized void poke(long number) {
        heard = Math.max(heard, number);
        begin();
    }

    /** Looks again at what it dealt with: something else may have been in the way. */
    synchronized void again() {
        if (handled == heard) {
            handled = heard - 1;
        }
        begin();
    }

    private void begin() {
        if (!isWorking && !isClosed && handled < heard) {
            isWorking = true;
            parts.threads().execute(this::work);
        }
    }

    /** {@return everything up to this change has been dealt with} */
    synchronized long settled() {
        return handled < heard ? handled : Long.MAX_VALUE;
    }

    /** Returns when the change has been dealt with, or the wait is over. */
    synchronized boolean await(long number, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        long left = wait.toMillis();
        while (handled < number && left > 0 && !isClosed) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return handled >= number;
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        long target = next(-1);
        while (target >= 0) {
            if (isDone()) {
                pause = FIRST_PAUSE;
                target = next(target);
            } else {
                pause = longer(pause);
                pause(pause);
                target = isClosed() ? -1 : next(-1);
            }
        }
    }

    /** {@return what is to be dealt with next; -1 when that is all} */
    private synchronized long next(long done) {
        handled = Math.max(handled, done);
        notifyAll();
        isWorking = handled < heard && !isClosed;
        return isWorking ? heard : -1;
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(SLOW_PAUSE) > 0 ? SLOW_PAUSE : twice;
    }

    private synchronized void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toMillis();
        try {
            while (!isClosed && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isClosed = true;
        }
    }

    /** {@return false when the same is to be tried again, without anything new} */
    private boolean isDone() {
        parts.slots().acquireUninterruptibly();
        try {
            tell(served.become(parts.truth().now(app)));
            return true;
        } catch (UnavailableException | IOException | UncheckedIOException e) {
            LOG.warn("{} waits for what it needs: {}", app, e.getMessage());
            problems = List.of(new Problem(0, 0, "", String.valueOf(e.getMessage()), ""));
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} could not be brought up to date", app, e);
            problems = List.of(new Problem(0, 0, "", "it failed: see the server's log", ""));
            return true;
        } finally {
            parts.slots().release();
        }
    }

    private void tell(List<Problem> found) {
        if (!found.isEmpty() && !found.equals(problems)) {
            LOG.error("{} is not served as it should be: {}", app, found);
        }
        problems = found;
    }

    /** What a deploy prepared: taken over if it turns out to be what the registry wants. */
    void offer(List<LoadedRevision> prepared) {
        served.offer(prepared);
    }

    /** Closes what was offered and not looked at: the track had what it wanted already. */
    void retract(List<LoadedRevision> prepared) {
        served.retract(prepared);
    }

    List<Problem> problems() {
        return problems;
    }

    /** Whether another app's switch may have taken what was in the way. */
    boolean isBlocked() {
        return problems.stream().anyMatch(problem -> problem.key().startsWith("trigger.http"));
    }

    Served served() {
        return served;
    }

    Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        new ArrayList<>(served.all()).forEach(revision -> folders.add(revision.folder()));
        return folders;
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
