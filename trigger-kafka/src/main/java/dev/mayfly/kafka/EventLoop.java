package dev.mayfly.kafka;

import dev.mayfly.kafka.Tally.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's loop as long as one consumer lives. It alone owns all state, so there are no
 * locks: what runs and sends elsewhere comes back as a note in the {@link Inbox}.
 *
 * <pre>
 * poll ─► PartitionWindow ─► Runs ─► guest ─► Inbox ─► Endings ─► Outlet ─► Inbox ─► Commits
 * </pre>
 *
 * <p>A turn does all there is to do, then polls; the poll is where it sleeps. It polls every second
 * at least, so a slow function never looks to the group like a member that is gone.
 */
final class EventLoop implements ConsumerRebalanceListener {
    private static final long LONGEST_POLL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** While short runs are under way: so long their notes may lie. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A run that was cancelled ends at once, but for its thread's turn. */
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(30);

    private final Orders orders;
    private final Consumer<byte[], byte[]> consumer;
    private final Wiring wiring;
    private final Outlet outlet;
    private final Commits commits;
    private final Endings endings;
    private final Runs runs;
    private final Flow flow;
    private final FirstMarks firstMarks;
    private final Picture picture;
    private final List<PartitionWindow> windows = new ArrayList<>();
    private @Nullable Target target;
    private boolean over;

    /** What the loop is to do, asked once a turn; written by other threads. */
    interface Orders {
        /** What records run on. */
        Target target();

        /** Whether it is to end. */
        boolean leaving();

        /** When runs must have ended that are under way when it leaves, by the nano clock. */
        long leaveBy();
    }

    EventLoop(
            Orders orders,
            Consumer<byte[], byte[]> consumer,
            Wiring wiring,
            Outlet outlet,
            Commits commits) {
        this.orders = orders;
        this.consumer = consumer;
        this.wiring = wiring;
        this.outlet = outlet;
        this.commits = commits;
        endings = new Endings(wiring, outlet);
        runs = new Runs(wiring, endings);
        flow = new Flow(consumer);
        firstMarks = new FirstMarks(consumer);
        picture = new Picture(consumer, wiring.tally());
    }

    /**
     * Until it is told to leave, or has to begin anew; then the group is left, with all committed
     * that is done.
     */
    void run() {
        adopt(orders.target());
        while (!orders.leaving() && !over) {
            turn();
            commits.look(windows, endings, System.nanoTime());
            flow.regulate(windows);
            picture.refresh(windows);
            poll();
            adopt(orders.target());
        }
        long deadline = revokedBy();
        settle(List.copyOf(windows), () -> orders.leaving() ? orders.leaveBy() : deadline);
        commits.flush(windows, endings);
        windows.clear();
        picture.refresh(windows);
    }

    /**
     * What ran on the one before goes on; what stands still because of it tries again. Records that
     * are done, but whose output is refused, can only be run again by who reads them again.
     */
    private void adopt(Target next) {
        Target before = target;
        if (next.equals(before)) {
            return;
        }
        if (windows.stream().anyMatch(PartitionWindow::isUnwritable)) {
            over = true;
            return;
        }
        target = next;
        runs.on(next);
        if (before == null || !before.trigger().topics().equals(next.trigger().topics())) {
            consumer.subscribe(next.trigger().topics(), this);
        }
        for (PartitionWindow window : windows) {
            window.most(next.trigger().maxInFlight());
            window.free();
        }
    }

    private void turn() {
        wiring.inbox().take();
        long now = System.nanoTime();
        wiring.timers().fire(now, endings::due);
        firstMarks.look(windows);
        runs.begin(windows, now);
    }

    private void poll() {
        boolean inBatches = runs.areShort();
        int underWay = runs.underWay() + outlet.underWay();
        boolean sleep = wiring.inbox().lieDown(inBatches ? Math.max(1, underWay / 2) : 1);
        try {
            Duration wait = sleep ? wait(inBatches && underWay > 0) : Duration.ZERO;
            accept(consumer.poll(wait));
        } catch (WakeupException _) {
            // There are notes to read.
        } finally {
            wiring.inbox().rise();
        }
    }

    /** Rounded up to the milliseconds that clients know: a wait cut off would be no wait. */
    private Duration wait(boolean nap) {
        long now = System.nanoTime();
        long nanos = nap ? NAP_NANOS : LONGEST_POLL_NANOS;
        nanos = wiring.timers().pause(now, nanos);
        nanos = commits.pause(now, nanos);
        nanos = runs.pause(now, nanos);
        nanos = firstMarks.pause(nanos);
        return Duration.ofMillis(Math.max(0, (nanos + 999_999) / 1_000_000));
    }

    private void accept(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        for (PartitionWindow window : windows) {
            for (ConsumerRecord<byte[], byte[]> each : records.records(window.id())) {
                window.add(each);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        int most = orders.target().trigger().maxInFlight();
        List<PartitionWindow> come = new ArrayList<>();
        partitions.forEach(id -> come.add(new PartitionWindow(id, most)));
        firstMarks.ask(come);
        windows.addAll(come);
        wiring.tally().add(Count.REBALANCES);
    }

    /** Begins nothing more of them, and lets them go with all committed that is done. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<PartitionWindow> gone = windowsOf(partitions);
        if (gone.isEmpty()) {
            return;
        }
        wiring.tally().add(Count.REBALANCES);
        wiring.inbox().rise();
        long deadline = revokedBy();
        settle(gone, () -> deadline);
        commits.flush(gone, endings);
        windows.removeAll(gone);
    }

    private long revokedBy() {
        return System.nanoTime() + wiring.settings().revokeTimeout().toNanos();
    }

    /** Somebody else has them already: what is done of them is not this member's to commit. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<PartitionWindow> gone = windowsOf(partitions);
        wiring.tally().add(Count.REBALANCES);
        forget(gone);
    }

    private void forget(List<PartitionWindow> gone) {
        gone.forEach(PartitionWindow::leave);
        gone.forEach(PartitionWindow::cancel);
        windows.removeAll(gone);
    }

    /** After the consumer failed: without a word to the group. */
    void abandon() {
        List<PartitionWindow> gone = List.copyOf(windows);
        settle(gone, System::nanoTime);
        windows.clear();
    }

    private List<PartitionWindow> windowsOf(Collection<TopicPartition> partitions) {
        return windows.stream().filter(window -> partitions.contains(window.id())).toList();
    }

    /**
     * Waits until {@code deadline} for what runs and what has to be finished before it, then ends
     * what runs and waits for that, so that no run of a key outlives the partition's stay here. The
     * other partitions go on.
     */
    private void settle(List<PartitionWindow> leaving, LongSupplier deadline) {
        leaving.forEach(PartitionWindow::leave);
        if (left(deadline) > 0) {
            turnUntil(
                    deadline,
                    () -> leaving.stream().allMatch(w -> w.isSettled(deadline.getAsLong())));
        }
        leaving.forEach(PartitionWindow::cancel);
        long end = System.nanoTime() + CANCEL_LIMIT.toNanos();
        turnUntil(() -> end, () -> leaving.stream().noneMatch(PartitionWindow::runs));
    }

    private void turnUntil(LongSupplier deadline, BooleanSupplier over) {
        turn();
        for (long left = left(deadline); left > 0 && !over.getAsBoolean(); ) {
            long now = System.nanoTime();
            wiring.inbox().park(runs.pause(now, wiring.timers().pause(now, left)));
            turn();
            left = left(deadline);
        }
    }

    private static long left(LongSupplier deadline) {
        return deadline.getAsLong() - System.nanoTime();
    }

    /** How its partitions are; any thread. */
    List<TriggerStats.Partition> partitions() {
        return picture.partitions();
    }

    /** Lets go of what it made. */
    void close() {
        outlet.close();
        commits.close();
    }

    /** Wakes it, so that it sees its orders; any thread. */
    void wake() {
        wiring.inbox().wake();
    }
}
