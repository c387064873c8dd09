package dev.mayfly.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server on this machine, at a pace of its own or as fast as it answers.
 *
 * <pre>
 *   pacer ──► queue of due requests ──► connections, a virtual thread each ──► tally
 * </pre>
 *
 * <p>The pacer puts request n into the queue at the moment it is meant to go out, however the
 * server does, and its time is counted from that moment: a server that stalls for a second is
 * charged with every request of that second, as its users would. A closed loop would have sent one
 * and called the rest never meant (coordinated omission).
 */
final class Driver {
    private final int port;

    Driver(int port) {
        this.port = port;
    }

    /**
     * A request that is due.
     *
     * @param ask what to ask
     * @param intended when it was meant to go out, by {@link System#nanoTime()}
     */
    private record Due(Ask ask, long intended) {}

    /** Asks {@code asks(0)}, {@code asks(1)}, … at a fixed pace, whatever comes back. */
    Report steady(Pace pace, LongFunction<Ask> asks) throws InterruptedException {
        BlockingQueue<Optional<Due>> due = new LinkedBlockingQueue<>();
        Tally tally = new Tally();
        Thread[] connections = new Thread[pace.connections()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = Thread.startVirtualThread(() -> serve(due, tally));
        }
        long start = System.nanoTime();
        for (long n = 0; n < pace.requests(); n++) {
            long intended = start + pace.due(n);
            awaitTime(intended);
            due.put(Optional.of(new Due(asks.apply(n), intended)));
        }
        return finish(connections, due, tally);
    }

    private static void awaitTime(long intended) {
        for (long left = intended - System.nanoTime();
                left > 0;
                left = intended - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Report finish(
            Thread[] connections, BlockingQueue<Optional<Due>> due, Tally tally)
            throws InterruptedException {
        for (Thread _ : connections) {
            due.put(Optional.empty());
        }
        for (Thread connection : connections) {
            connection.join();
        }
        return tally.report();
    }

    private void serve(BlockingQueue<Optional<Due>> due, Tally tally) {
        try (Kept kept = new Kept()) {
            for (var next = due.take(); next.isPresent(); next = due.take()) {
                kept.ask(next.get().ask(), next.get().intended(), tally);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps {@code connections} busy: each asks again as soon as it is answered. */
    Report saturate(int connections, Duration time, LongFunction<Ask> asks)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return closed(connections, _ -> System.nanoTime() < end, asks);
    }

    /**
     * Asks {@code asks(0)} to {@code asks(requests - 1)} once each, as fast as they are answered.
     */
    Report each(int connections, long requests, LongFunction<Ask> asks)
            throws InterruptedException {
        return closed(connections, n -> n < requests, asks);
    }

    private Report closed(int connections, LongPredicate more, LongFunction<Ask> asks)
            throws InterruptedException {
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong();
        Thread[] threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            threads[i] = Thread.startVirtualThread(() -> repeat(next, more, asks, tally));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return tally.report();
    }

    private void repeat(AtomicLong next, LongPredicate more, LongFunction<Ask> asks, Tally tally) {
        try (Kept kept = new Kept()) {
            for (long n = next.getAndIncrement(); more.test(n); n = next.getAndIncrement()) {
                kept.ask(asks.apply(n), System.nanoTime(), tally);
            }
        }
    }

    /** A connection that is made again when it broke or the server closed it. */
    private final class Kept implements AutoCloseable {
        private @Nullable Wire wire;

        void ask(Ask ask, long intended, Tally tally) {
            try {
                Wire open = wire == null ? new Wire(port) : wire;
                wire = open;
                Answer answer = open.ask(ask.request());
                tally.count(ask, answer, intended);
                if (answer.lastOfItsConnection()) {
                    close();
                }
            } catch (IOException e) {
                tally.broken(e);
                close();
            }
        }

        @Override
        public void close() {
            Wire open = wire;
            wire = null;
            if (open != null) {
                closed(open);
            }
        }
    }

    private static void closed(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a loopback socket does not close", e);
        }
    }
}
