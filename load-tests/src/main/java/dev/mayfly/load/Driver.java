package dev.mayfly.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server on this machine, at a pace of its own or as fast as it answers.
 *
 * <p>At a pace, request n is meant to go out at a moment of its own, however the server does, and
 * its time is counted from that moment: a server that stalls for a second is charged with every
 * request of that second, as its users would. A closed loop would have sent one and called the rest
 * never meant (coordinated omission).
 *
 * <p>Each connection is a thread of the system that waits for its own request's moment, sends, and
 * reads: nothing is handed from thread to thread. A hand-over costs more than a request where the
 * cores sleep in between, and it would be charged to the server.
 */
final class Driver {
    private final int port;

    Driver(int port) {
        this.port = port;
    }

    /** Asks {@code asks(0)}, {@code asks(1)}, … at a fixed pace, whatever comes back. */
    Report steady(Pace pace, LongFunction<Ask> asks) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        return together(pace.connections(), tally -> keep(pace, start, next, asks, tally));
    }

    private void keep(Pace pace, long start, AtomicLong next, LongFunction<Ask> asks, Tally tally) {
        try (Kept kept = new Kept()) {
            for (long n = next.getAndIncrement(); n < pace.requests(); n = next.getAndIncrement()) {
                Ask ask = asks.apply(n);
                long intended = start + pace.due(n);
                awaitTime(intended);
                kept.ask(ask, intended, tally);
            }
        }
    }

    private static void awaitTime(long intended) {
        for (long left = intended - System.nanoTime();
                left > 0;
                left = intended - System.nanoTime()) {
            LockSupport.parkNanos(left);
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
        AtomicLong next = new AtomicLong();
        return together(connections, tally -> repeat(next, more, asks, tally));
    }

    private static Report together(int connections, Consumer<Tally> connection)
            throws InterruptedException {
        Tally tally = new Tally();
        Thread[] threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            threads[i] = Thread.ofPlatform().daemon().start(() -> connection.accept(tally));
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
