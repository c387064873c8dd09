package dev.mayfly.pool;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The two clocks a guest has. */
final class Clocks {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;

    private Clocks() {}

    static Errno time(Host host, int clock, int at) {
        host.clockCalls++;
        if (!isKnown(clock)) {
            return unknown(clock);
        }
        host.memory().writeLong(at, now(clock));
        return Errno.SUCCESS;
    }

    static Errno resolution(Host host, int clock, int at) {
        if (!isKnown(clock)) {
            return unknown(clock);
        }
        host.memory().writeLong(at, 1);
        return Errno.SUCCESS;
    }

    static boolean isKnown(int clock) {
        return clock == REALTIME || clock == MONOTONIC;
    }

    /** 2 and 3 are the CPU times of the process and the thread: those are the host's. */
    private static Errno unknown(int clock) {
        return clock == 2 || clock == 3 ? Errno.NOTSUP : Errno.INVAL;
    }

    static long now(int clock) {
        if (clock == MONOTONIC) {
            return System.nanoTime();
        }
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
