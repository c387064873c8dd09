package dev.mayfly.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether the files of a listener's TLS are others, and hands over what they
 * hold then. It asks rather than has itself told: certificates come by rename, by write, through
 * links that are turned (Kubernetes) and over networks, and a question sees all of these.
 *
 * <p>A certificate and its key are two files, and between the writing of one and the other they do
 * not fit. So what cannot be used is reported only when it has stayed the same for one more look,
 * and once; what was there before stays in use.
 */
final class CertificateWatch implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration SOON = Duration.ofDays(14);

    private final TlsFiles files;
    private final Consumer<TlsFiles.Contents> changed;
    private final ScheduledExecutorService thread;

    /** Owned by that thread, as all below. */
    private String stamp;

    private String used;
    private String doubtful = "";
    private String refused = "";

    /**
     * How the files were when they were looked at.
     *
     * @param stamp as {@link TlsFiles#stamp()}
     * @param digest as {@link TlsFiles#digest()}
     */
    record Seen(String stamp, String digest) {
        static Seen of(TlsFiles files) {
            return new Seen(files.stamp(), files.digest());
        }
    }

    /**
     * Looks once it is started.
     *
     * @param seen the files before those were read that are in use
     * @param changed takes what is to be used from now on
     */
    CertificateWatch(TlsFiles files, Seen seen, Consumer<TlsFiles.Contents> changed) {
        this.files = files;
        this.stamp = seen.stamp();
        this.used = seen.digest();
        this.changed = changed;
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("certificates").factory());
    }

    // A look reports its own failures; the future has nothing to tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    void start(Duration period) {
        thread.scheduleWithFixedDelay(
                this::lookSafely, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("TLS files {} could not be looked at", files.settings(), e);
        }
    }

    private void look() {
        String now = files.stamp();
        if (now.equals(stamp) && doubtful.isEmpty()) {
            return;
        }
        stamp = now;
        String digest = files.digest();
        if (digest.equals(used)) {
            doubtful = "";
            refused = "";
        } else if (!digest.equals(refused)) {
            take(digest);
        }
    }

    private void take(String digest) {
        try {
            TlsFiles.Contents contents = files.read();
            changed.accept(contents);
            used = digest;
            doubtful = "";
            refused = "";
            LOG.info("new TLS files are in use: {}", files.settings());
            warnOfEnds(contents);
        } catch (IOException e) {
            if (digest.equals(doubtful)) {
                LOG.warn("new TLS files are not used, those before stay: {}", e.getMessage());
                refused = digest;
                doubtful = "";
            } else {
                doubtful = digest;
            }
        }
    }

    /** Says of each certificate that it has ended, or soon will. */
    static void warnOfEnds(TlsFiles.Contents contents) {
        contents.certificates()
                .leaves()
                .forEach(leaf -> {
                    Instant end = leaf.getNotAfter().toInstant();
                    if (end.isBefore(Instant.now().plus(SOON))) {
                        LOG.warn(
                                "the TLS certificate of {} is good until {} only; renew it",
                                leaf.getSubjectX500Principal(),
                                end);
                    }
                });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
