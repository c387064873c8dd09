package dev.mayfly.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers now and then whether they are there, on a thread of its own. */
final class Reachability implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Supplier<Admin> maker;
    private final Thread thread = Thread.ofVirtual().name("mayfly-kafka-reachable").unstarted(this);
    private volatile boolean reachable = true;
    private volatile boolean closed;
    private boolean started;
    private @Nullable Admin admin;

    Reachability(Supplier<Admin> maker) {
        this.maker = maker;
    }

    /** Begins to ask, the first time. */
    synchronized void start() {
        if (!started && !closed) {
            started = true;
            thread.start();
        }
    }

    boolean reachable() {
        return reachable;
    }

    @Override
    public void run() {
        while (!closed) {
            tell(ask());
            LockSupport.parkNanos(this, PAUSE.toNanos());
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private void tell(boolean there) {
        if (there != reachable && !closed) {
            reachable = there;
            if (there) {
                LOG.info("the Kafka brokers answer again");
            } else {
                LOG.warn("the Kafka brokers do not answer; records wait");
            }
        }
    }

    private boolean ask() {
        try {
            if (admin == null) {
                admin = maker.get();
            }
            admin.describeCluster().nodes().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("the brokers do not answer", e);
            return false;
        } catch (InterruptedException _) {
            return reachable;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
