package dev.mayfly.kafka;

import dev.mayfly.manifest.KafkaTrigger.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trigger that is subscribed: its thread, which makes a consumer and runs an {@link EventLoop} on
 * it, again and again if the consumer fails. Its orders may come from any thread.
 */
final class Subscription implements EventLoop.Orders, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Identity identity;
    private final KafkaSettings settings;
    private final Clients clients;
    private final EventLog log;
    private final EventWatch watch;
    private final Runnable wake;
    private final Tally tally = new Tally();
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Target target;
    private volatile @Nullable EventLoop loop;
    private volatile long leaveBy;
    private volatile boolean leaving;
    private String lastFailure = "";

    /**
     * What makes it the same trigger after a deploy: a consumer cannot change these.
     *
     * @param ordinal among equal ones of the app, in the order they are written
     */
    record Identity(
            String app,
            String function,
            String group,
            StartFrom startFrom,
            boolean exactlyOnce,
            int ordinal) {
        String name() {
            return app + "/" + function + " (group " + group + ")";
        }
    }

    Subscription(Identity identity, Target target, Shared shared) {
        this.identity = identity;
        this.target = target;
        settings = shared.settings();
        clients = shared.clients();
        log = shared.log();
        watch = shared.watch();
        wake = shared.wake();
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("mayfly-kafka-" + identity.app() + "-" + identity.function())
                        .unstarted(this);
    }

    /** What subscriptions have in common. */
    record Shared(
            KafkaSettings settings,
            Clients clients,
            EventLog log,
            EventWatch watch,
            Runnable wake) {}

    void start() {
        thread.start();
    }

    /** Records run on this from the next one on; any thread. */
    void swap(Target next) {
        target = next;
        wakeLoop();
    }

    /** Ends it; runs under way may go on for {@code most}. Returns at once, any thread. */
    void leave(Duration most) {
        leaveBy = System.nanoTime() + most.toNanos();
        leaving = true;
        wakeLoop();
    }

    private void wakeLoop() {
        EventLoop present = loop;
        if (present != null) {
            present.wake();
        }
        LockSupport.unpark(thread);
    }

    /** Waits until it is over. */
    void await() throws InterruptedException {
        ended.await();
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public boolean leaving() {
        return leaving;
    }

    @Override
    public long leaveBy() {
        return leaveBy;
    }

    // The top of its thread: whatever goes wrong in one life of a consumer, the next is tried.
    @Override
    public void run() {
        int failures = 0;
        while (!leaving) {
            long began = System.nanoTime();
            try {
                live();
            } catch (KafkaException | IllegalArgumentException e) {
                told(e.toString(), null);
            } catch (RuntimeException | Error e) {
                told(e.toString(), e);
            }
            boolean lived = System.nanoTime() - began > LONGEST_PAUSE.toNanos();
            failures = lived ? 1 : failures + 1;
            lastFailure = lived ? "" : lastFailure;
            pause(backoff.nanos(FIRST_PAUSE, LONGEST_PAUSE, failures));
        }
        ended.countDown();
    }

    /** The same failure again is no news. */
    private void told(String failure, @Nullable Throwable mistake) {
        if (!failure.equals(lastFailure)) {
            lastFailure = failure;
            LOG.error("{}: begins anew after: {}", identity.name(), failure, mistake);
        }
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !leaving; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void live() {
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clients.consumer(identity.group(), identity.startFrom()));
        EventLoop present = null;
        try {
            present = loop(consumer);
            loop = present;
            present.run();
        } catch (RuntimeException | Error e) {
            if (present != null) {
                present.abandon();
            }
            throw e;
        } finally {
            loop = null;
            if (present != null) {
                present.close();
            }
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }

    private EventLoop loop(Consumer<byte[], byte[]> consumer) {
        Inbox inbox = new Inbox();
        inbox.belongTo(consumer::wakeup);
        var wiring =
                new Wiring(
                        identity.name(),
                        settings,
                        log,
                        watch,
                        wake,
                        inbox,
                        new Timers(),
                        tally,
                        backoff);
        if (identity.exactlyOnce()) {
            String id = "mayfly-" + UUID.randomUUID();
            var commits =
                    new Transactions(
                            consumer, () -> new KafkaProducer<>(clients.transactional(id)), wiring);
            return new EventLoop(this, consumer, wiring, new HeldOutlet(), commits);
        }
        var outlet = new PlainOutlet(wiring, () -> new KafkaProducer<>(clients.producer()));
        var commits = new OffsetCommits(consumer, wiring);
        return new EventLoop(this, consumer, wiring, outlet, commits);
    }

    TriggerStats stats() {
        EventLoop present = loop;
        List<TriggerStats.Partition> partitions =
                present == null ? List.of() : present.partitions();
        return new TriggerStats(
                identity.app(),
                identity.function(),
                target.revision(),
                identity.group(),
                partitions,
                tally.counts());
    }
}
