package dev.mayfly.registry;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connects when it is first asked to, and again when that failed. While one caller tries, and for a
 * moment after it failed, the others are told so at once.
 */
final class Connector implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Coordinates coordinates;
    private final RegistrySettings settings;
    private final Keyring keys;
    private final ReentrantLock trying = new ReentrantLock();

    private volatile @Nullable Container container;

    private volatile @Nullable UnavailableException failure;

    /** Guarded by trying. */
    private long failedAt;

    /** Guarded by trying. */
    private boolean isClosed;

    Connector(Coordinates coordinates, RegistrySettings settings, Keyring keys) {
        this.coordinates = coordinates;
        this.settings = settings;
        this.keys = keys;
    }

    Container container() {
        @Nullable Container known = container;
        return known != null ? known : connected();
    }

    private Container connected() {
        if (!trying.tryLock()) {
            throw again(failure);
        }
        try {
            @Nullable Container known = container;
            return known != null ? known : connect();
        } finally {
            trying.unlock();
        }
    }

    private Container connect() {
        @Nullable UnavailableException last = failure;
        if (isClosed || (last != null && System.nanoTime() - failedAt < PAUSE.toNanos())) {
            throw again(last);
        }
        try {
            Container made = Container.start(coordinates, settings, keys);
            container = made;
            return made;
        } catch (UnavailableException e) {
            failure = e;
            failedAt = System.nanoTime();
            throw e;
        }
    }

    private static UnavailableException again(@Nullable UnavailableException last) {
        return last == null
                ? new UnavailableException(
                        UnavailableException.Reason.UNREACHABLE, "the database is not there yet")
                : new UnavailableException(last.reason(), String.valueOf(last.getMessage()), last);
    }

    @Override
    public void close() {
        trying.lock();
        try {
            isClosed = true;
            @Nullable Container known = container;
            if (known != null) {
                known.close();
            }
        } finally {
            trying.unlock();
        }
    }
}
