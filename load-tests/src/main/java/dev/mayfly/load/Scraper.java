package dev.mayfly.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Asks a server for its meters each second, as Prometheus would, until it is closed. */
final class Scraper implements AutoCloseable {
    private static final long EVERY_MILLIS = 1000;

    private final AdminClient admin;
    private final LongAdder scrapes = new LongAdder();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread;

    Scraper(AdminClient admin) {
        this.admin = admin;
        thread = Thread.ofPlatform().name("scraper").daemon().start(this::scrape);
    }

    private void scrape() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                admin.metrics();
                scrapes.increment();
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // that is how it ends
        } catch (IOException e) {
            failure.set(e);
        }
    }

    /**
     * {@return how often it was answered}
     *
     * @throws IllegalStateException when it was not, once
     */
    long scrapes() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the meters could not be read", failed);
        }
        return scrapes.sum();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
