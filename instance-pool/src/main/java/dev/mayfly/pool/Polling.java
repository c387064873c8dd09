package dev.mayfly.pool;

import java.util.concurrent.TimeUnit;

/**
 * {@code poll_oneoff}. Streams and files are always ready, so one of them among the subscriptions
 * means no waiting; else the guest sleeps until its first clock rings, or its deadline interrupts
 * it.
 *
 * <pre>
 *   subscription, 48 bytes                         event, 32 bytes
 *    0 user data                                    0 user data
 *    8 tag: 0 clock, 1 read, 2 write                8 errno
 *   16 clock id, or descriptor                     10 tag
 *   24 timeout                                     16 bytes ready
 *   40 flags: 1 the timeout is absolute            24 flags
 * </pre>
 */
final class Polling {
    private static final int SUBSCRIPTION = 48;
    private static final int EVENT = 32;
    private static final int TAG_CLOCK = 0;
    private static final int TAG_WRITE = 2;
    private static final int ABSOLUTE = 1;

    private final Host host;
    private final StandardStreams streams;
    private final MountedFiles files;

    Polling(Host host, StandardStreams streams, MountedFiles files) {
        this.host = host;
        this.streams = streams;
        this.files = files;
    }

    Errno poll(int subscriptions, int events, int count, int countAt) {
        FlatMemory memory = host.memory();
        if (count <= 0 || count > memory.size() / SUBSCRIPTION) {
            return Errno.INVAL;
        }
        memory.check(subscriptions, count * SUBSCRIPTION);
        long[] waits = new long[count];
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            waits[i] = waitFor(subscriptions + i * SUBSCRIPTION, memory);
            shortest = Math.min(shortest, waits[i]);
        }
        sleep(shortest);
        int rung = 0;
        for (int i = 0; i < count; i++) {
            if (waits[i] <= shortest) {
                writeEvent(events + rung++ * EVENT, subscriptions + i * SUBSCRIPTION, memory);
            }
        }
        memory.writeI32(countAt, rung);
        return Errno.SUCCESS;
    }

    /** Nanoseconds until a subscription is due; none for what is ready or makes no sense. */
    private static long waitFor(int subscription, FlatMemory memory) {
        int clock = memory.readInt(subscription + 16);
        if (memory.read(subscription + 8) != TAG_CLOCK || !Clocks.isKnown(clock)) {
            return 0;
        }
        long timeout = memory.readLong(subscription + 24);
        if (timeout < 0) {
            return Long.MAX_VALUE; // unsigned: 292 years and more
        }
        boolean absolute = (memory.readShort(subscription + 40) & ABSOLUTE) != 0;
        return absolute ? Math.max(0, timeout - Clocks.now(clock)) : timeout;
    }

    private void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            throw host.leave(Ending.Interrupted.INTERRUPTED);
        }
    }

    private void writeEvent(int at, int subscription, FlatMemory memory) {
        long userData = memory.readLong(subscription);
        byte tag = memory.read(subscription + 8);
        Errno errno = stateOf(subscription, tag, memory);
        memory.fill((byte) 0, at, at + EVENT);
        memory.writeLong(at, userData);
        memory.writeShort(at + 8, (short) errno.code);
        memory.writeByte(at + 10, tag);
        if (tag != TAG_CLOCK && errno == Errno.SUCCESS) {
            memory.writeLong(at + 16, 1);
        }
    }

    private Errno stateOf(int subscription, byte tag, FlatMemory memory) {
        int subject = memory.readInt(subscription + 16);
        if (tag == TAG_CLOCK) {
            return Clocks.isKnown(subject) ? Errno.SUCCESS : Errno.INVAL;
        }
        if (tag < 0 || tag > TAG_WRITE) {
            return Errno.INVAL;
        }
        return streams.isOpen(subject) || files.isOpen(subject) ? Errno.SUCCESS : Errno.BADF;
    }
}
