package dev.mayfly.kafka;

import dev.mayfly.kafka.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/** What a loop shows of its partitions: drawn anew now and then, by the loop, for any thread. */
final class Picture {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Tally tally;
    private volatile List<TriggerStats.Partition> partitions = List.of();
    private long drawnNanos = System.nanoTime() - PAUSE_NANOS;

    Picture(Consumer<byte[], byte[]> consumer, Tally tally) {
        this.consumer = consumer;
        this.tally = tally;
    }

    void refresh(List<PartitionWindow> windows) {
        long now = System.nanoTime();
        if (now - drawnNanos < PAUSE_NANOS && windows.size() == partitions.size()) {
            return;
        }
        drawnNanos = now;
        List<TriggerStats.Partition> drawn = new ArrayList<>(windows.size());
        windows.forEach(window -> drawn.add(drawn(window)));
        partitions = List.copyOf(drawn);
    }

    private TriggerStats.Partition drawn(PartitionWindow window) {
        return new TriggerStats.Partition(
                window.id().topic(),
                window.id().partition(),
                state(window),
                window.stuck(),
                window.committedOffset(),
                lag(window),
                window.inFlight(),
                window.waiting(),
                tally.of(window.id(), Count.FAILED_ATTEMPTS),
                tally.of(window.id(), Count.DEAD_LETTERS));
    }

    private static TriggerStats.State state(PartitionWindow window) {
        if (!window.stuck().isEmpty()) {
            return TriggerStats.State.STOPPED;
        }
        return window.paused ? TriggerStats.State.PAUSED : TriggerStats.State.RUNNING;
    }

    /** What is not here yet, as far as the last answer told, and what is here. */
    private long lag(PartitionWindow window) {
        return consumer.currentLag(window.id()).orElse(0) + window.behind();
    }

    List<TriggerStats.Partition> partitions() {
        return partitions;
    }
}
