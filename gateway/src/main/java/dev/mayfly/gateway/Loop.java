package dev.mayfly.gateway;

import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.PlatformDependent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to one event loop. Two things pass between it and the guest threads, each gathered
 * so that a busy loop pays for it once a turn instead of once a request:
 *
 * <pre>
 *   event loop                                              guest threads
 *   read every ready socket ─► submit, submit, submit
 *   then one task            ─► wake ──────────────────────► one thread, which wakes the next
 *   one task: drain          ◄─ answers (queue) ◄─────────── post, post, post
 * </pre>
 *
 * A post schedules the drain only if none is scheduled, so at most one wake-up of the selector is
 * under way however many guests end at once; and none while the loop {@link Lingering} looks for
 * answers itself. Time limits are looked at by a sweep instead of a timer each: a request then
 * costs two field writes, at the price of limits that are up to an eighth late.
 */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final VarHandle DRAINING;

    static {
        try {
            DRAINING = MethodHandles.lookup().findVarHandle(Loop.class, "draining", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EventLoop thread;
    private final Runnable wakeGuests;
    private final Book book;
    private final Queue<Runnable> answers = PlatformDependent.newMpscQueue();
    private final Runnable drain = this::drain;
    private final Runnable wake = this::wake;

    /** Owned by the loop's thread, as all below but {@link #draining}. */
    private final Set<Timed> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean wakeScheduled;
    private long now = System.nanoTime();
    private long second;

    /** What the clock on the wall is ahead of {@link System#nanoTime()}. */
    private long clockNanos;

    private AsciiString date = AsciiString.EMPTY_STRING;

    /** When the last sweep was, and how far apart they are. */
    private volatile long swept;

    private volatile long sweepNanos;

    /** How late the last sweep was; read by others. */
    private volatile long lag;

    @SuppressWarnings("UnusedVariable") // through DRAINING
    private volatile boolean draining;

    /** Whether the loop looks at the answers by itself. */
    private volatile boolean lingering;

    Loop(EventLoop thread, Runnable wakeGuests, Book book) {
        this.thread = thread;
        this.book = book;
        this.wakeGuests = wakeGuests;
        tellDate();
    }

    /** Looks at every limit each {@code period}, until the loop's thread ends. */
    // A sweep reports its own failures; the future has nothing to tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    void sweepEvery(Duration period) {
        sweepNanos = period.toNanos();
        swept = System.nanoTime();
        thread.scheduleAtFixedRate(
                this::sweep, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** {@return what it writes down of its requests; for the loop's thread} */
    Book book() {
        return book;
    }

    boolean inside() {
        return thread.inEventLoop();
    }

    /** Runs {@code task} on the loop's thread, after those posted before it. Any thread. */
    void post(Runnable task) {
        answers.add(task);
        VarHandle.fullFence(); // either this sees that the loop lingers, or the loop the answer
        if (!lingering && !draining && DRAINING.compareAndSet(this, false, true)) {
            thread.execute(drain);
        }
    }

    /** Runs {@code task} now if this is the loop's thread, else posts it. */
    void run(Runnable task) {
        if (thread.inEventLoop()) {
            task.run();
        } else {
            post(task);
        }
    }

    private void drain() {
        DRAINING.setVolatile(this, false);
        Runnable task;
        while ((task = answers.poll()) != null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("an answer could not be sent", e);
            }
        }
    }

    /** Until {@link #lingered()} who posts wakes nobody; on the loop. */
    void linger() {
        lingering = true;
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Sends what was posted meanwhile; whether there was anything. On the loop. */
    boolean lingered() {
        lingering = false;
        VarHandle.fullFence();
        boolean any = hasAnswers();
        if (any) {
            drain();
        }
        return any;
    }

    /** Wakes the guest threads once, after all sockets of this turn were read. */
    void wakeSoon() {
        if (!wakeScheduled) {
            wakeScheduled = true;
            thread.execute(wake);
        }
    }

    private void wake() {
        wakeScheduled = false;
        wakeGuests.run();
    }

    void watch(Timed timed) {
        watched.add(timed);
    }

    void forget(Timed timed) {
        watched.remove(timed);
    }

    private void sweep() {
        now = System.nanoTime();
        lag = Math.max(0, now - swept - sweepNanos);
        swept = now;
        tellDate();
        List<Timed> all = new ArrayList<>(watched);
        for (Timed timed : all) {
            try {
                timed.check(now);
            } catch (RuntimeException e) {
                LOG.error("a time limit could not be kept", e);
            }
        }
    }

    private void tellDate() {
        Instant wall = Instant.now();
        clockNanos =
                TimeUnit.SECONDS.toNanos(wall.getEpochSecond())
                        + wall.getNano()
                        - System.nanoTime();
        if (wall.getEpochSecond() != second) {
            second = wall.getEpochSecond();
            date = new AsciiString(HTTP_DATE.format(Instant.ofEpochSecond(second)));
        }
    }

    /**
     * {@return what a clock on the wall showed at {@code nanoTime}, in nanoseconds of the epoch}
     * The clock was looked at in the last sweep: a request does not pay for it.
     */
    long epochNanosAt(long nanoTime) {
        return clockNanos + nanoTime;
    }

    /** {@return the time of the last sweep, as {@link System#nanoTime()}} */
    long now() {
        return now;
    }

    /** What it has to do and how late it is; any thread. */
    GatewayStats.LoopStats stats() {
        int pending = thread instanceof SingleThreadEventExecutor loop ? loop.pendingTasks() : 0;
        return new GatewayStats.LoopStats(pending, lag);
    }

    /** {@return the value of {@code Date}} */
    AsciiString date() {
        return date;
    }
}
