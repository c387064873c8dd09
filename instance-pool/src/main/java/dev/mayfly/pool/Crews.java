package dev.mayfly.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * All guest threads: the main crew, with stacks of {@link #MAIN_STACK}, and one crew for each other
 * stack size that a function asked for so far.
 *
 * <p>Sizes are powers of two from {@link #SMALLEST_STACK} to {@link #LARGEST_STACK}, and a crew
 * other than the main one has half its threads: so there are never more than six times {@code
 * runtime.guest_threads}, and {@code runtime.max_blocked} spare ones of all sizes together.
 */
final class Crews {
    static final long MAIN_STACK = 1L << 20;
    static final long SMALLEST_STACK = 256L << 10;
    static final long LARGEST_STACK = 64L << 20;

    private static final long CANCEL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Makes the threads of a crew. */
    @FunctionalInterface
    interface Recruiter {
        GuestThread recruit(Crew crew, int number, String name, long stackBytes);
    }

    private final int mainThreads;
    private final Spares spares;
    private final boolean linger;
    private final Recruiter recruiter;
    private final Clock clock = new Clock(this::running);

    /** Guarded by this. */
    private boolean closed;

    /** By stack size; guarded by this. */
    private final TreeMap<Long, Crew> byStack = new TreeMap<>();

    /** The values of {@link #byStack}, the main crew first; replaced under the same lock. */
    private volatile List<Crew> running = List.of();

    /** Starts the clock and the main crew. */
    Crews(int mainThreads, int spareThreads, boolean linger, Recruiter recruiter) {
        this.mainThreads = mainThreads;
        this.linger = linger;
        spares = new Spares(spareThreads);
        this.recruiter = recruiter;
        clock.start();
        forStack(MAIN_STACK);
    }

    List<Crew> running() {
        return running;
    }

    /** The crew whose threads have at least {@code stackBytes}, started if need be. */
    synchronized Crew forStack(long stackBytes) {
        long size = sizeFor(stackBytes);
        Crew there = byStack.get(size);
        if (there == null && closed) {
            throw new IllegalStateException("no crew is started any more");
        }
        return there != null ? there : start(size);
    }

    /** Below the main crew's size too: the limit is one on the guest. */
    private static long sizeFor(long stackBytes) {
        if (stackBytes > LARGEST_STACK) {
            throw new IllegalArgumentException(
                    "stackBytes: " + stackBytes + " (expected: <= " + LARGEST_STACK + ")");
        }
        long size = SMALLEST_STACK;
        while (size < stackBytes) {
            size <<= 1;
        }
        return size;
    }

    private Crew start(long stack) {
        boolean main = stack == MAIN_STACK;
        String name = main ? "guest-" : "guest-" + (stack >> 10) + "k-";
        int threads = main ? mainThreads : Math.max(1, mainThreads / 2);
        var crew =
                new Crew(
                        threads,
                        spares,
                        new Lingering(linger, System::nanoTime),
                        clock,
                        (of, number) -> recruiter.recruit(of, number, name + number, stack));
        crew.start();
        byStack.put(stack, crew);
        var all = new ArrayList<>(running);
        all.add(crew);
        running = List.copyOf(all);
        return crew;
    }

    /** What all threads do at this moment. */
    RuntimeStats.Threads activity() {
        RuntimeStats.Threads all = new RuntimeStats.Threads(0, 0, 0);
        for (Crew crew : running) {
            all = all.plus(crew.activity());
        }
        return all;
    }

    /** See {@link GuestRuntime#wake()}. */
    void wake() {
        for (Crew crew : running) {
            crew.wake();
        }
    }

    /** Cancels what runs, ends all threads and the clock; false when {@code limit} passed first. */
    synchronized boolean close(Duration limit) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + limit.toNanos();
        running.forEach(Crew::close);
        boolean gone = cancelAll();
        while (!gone && System.nanoTime() - end < 0) {
            gone = cancelAll();
        }
        clock.close();
        clock.join(limit);
        return gone;
    }

    /** Asks once more, since a run may have begun since the last time; whether all are gone. */
    private boolean cancelAll() throws InterruptedException {
        boolean gone = true;
        for (Crew crew : running) {
            crew.roster().cancelAll();
            gone &= crew.roster().join(Duration.ofNanos(CANCEL_AGAIN_NANOS));
        }
        return gone;
    }
}
