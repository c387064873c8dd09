package dev.mayfly.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests that ended on one event loop; the oldest make room. Written by that loop
 * alone: to keep a request is one store. Read by any thread, which may miss one that is overwritten
 * at that moment.
 *
 * <p>What was sent and answered is bounded in bytes of its own, and goes before its request does.
 */
final class ActivationRing {
    private final AtomicReferenceArray<@Nullable PastRequest> places;
    private final long mostBytes;

    /** The loop's, as all below: where the next goes. */
    private int next;

    private final Deque<Weighed> recordings = new ArrayDeque<>();
    private long bytes;

    /**
     * A recording that is kept, and what that takes. The request that makes room is not looked at
     * for it: it has left the processor's caches long ago.
     */
    private record Weighed(int place, PastRequest.After after, long bytes) {}

    ActivationRing(int most, long mostBytes) {
        this.places = new AtomicReferenceArray<>(most);
        this.mostBytes = mostBytes;
    }

    /** On the loop. */
    void add(PastRequest request) {
        if (!recordings.isEmpty() && recordings.getFirst().place() == next) {
            forgetOldest();
        }
        places.setRelease(next, request);
        keep(request, next);
        next = next + 1 == places.length() ? 0 : next + 1;
    }

    private void keep(PastRequest request, int place) {
        @Nullable Recorded recorded = request.recorded();
        PastRequest.@Nullable After after = request.after();
        if (recorded != null && after != null) {
            long weight = weight(recorded);
            recordings.addLast(new Weighed(place, after, weight));
            bytes += weight;
            while (bytes > mostBytes) {
                forgetOldest();
            }
        }
    }

    private void forgetOldest() {
        Weighed oldest = recordings.removeFirst();
        oldest.after().forgetRecording();
        bytes -= oldest.bytes();
    }

    /** About what it takes in memory. */
    private static long weight(Recorded recorded) {
        long fields =
                recorded.request().fields().stream().mapToLong(ActivationRing::weight).sum()
                        + recorded.answer().fields().stream()
                                .mapToLong(ActivationRing::weight)
                                .sum();
        return fields
                + recorded.request().target().length()
                + recorded.request().body().bytes().length
                + recorded.answer().body().bytes().length
                + 512;
    }

    private static long weight(Recorded.Field field) {
        return 128 + field.name().length() + (long) field.value().length();
    }

    /** In no order. */
    void forEach(Consumer<PastRequest> reader) {
        for (int i = 0; i < places.length(); i++) {
            @Nullable PastRequest request = places.getAcquire(i);
            if (request != null) {
                reader.accept(request);
            }
        }
    }
}
