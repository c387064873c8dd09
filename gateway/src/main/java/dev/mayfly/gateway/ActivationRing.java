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
    private final AtomicReferenceArray<@Nullable KeptRequest> places;
    private final long mostBytes;

    /** The loop's, as all below: where the next goes. */
    private int next;

    private final Deque<Weighed> recordings = new ArrayDeque<>();
    private long bytes;

    /** A request whose recording is kept, and what that takes. */
    private record Weighed(KeptRequest request, long bytes) {}

    ActivationRing(int most, long mostBytes) {
        this.places = new AtomicReferenceArray<>(most);
        this.mostBytes = mostBytes;
    }

    /** On the loop. */
    void add(KeptRequest request) {
        if (!recordings.isEmpty()) {
            forgetRecordingAt(next);
        }
        places.setRelease(next, request);
        next = next + 1 == places.length() ? 0 : next + 1;
        @Nullable Recorded recorded = request.recorded();
        if (recorded != null) {
            long weight = weight(recorded);
            recordings.addLast(new Weighed(request, weight));
            bytes += weight;
            while (bytes > mostBytes) {
                forgetOldest();
            }
        }
    }

    /**
     * Only where there are recordings: the request that makes room has left the processor's caches
     * long ago, and merely to look at it takes longer than all the rest of an addition.
     */
    private void forgetRecordingAt(int place) {
        if (recordings.getFirst().request() == places.getPlain(place)) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Weighed oldest = recordings.removeFirst();
        oldest.request().record(null);
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
    void forEach(Consumer<KeptRequest> reader) {
        for (int i = 0; i < places.length(); i++) {
            @Nullable KeptRequest request = places.getAcquire(i);
            if (request != null) {
                reader.accept(request);
            }
        }
    }
}
