package dev.mayfly.gateway;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where request bodies wait that are too large for memory. A file is unlinked as soon as it is
 * open: whatever happens to the process, nothing stays behind. All files together keep within a
 * budget.
 */
final class SpoolFolder {
    private final Path folder;
    private final long budget;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger files = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    SpoolFolder(ServerSettings.Spool settings) {
        this.folder = settings.folder();
        this.budget = settings.budget();
    }

    /** Opens a file; blocks. */
    SpoolFile open() throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "body", null);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        Files.delete(path);
        files.incrementAndGet();
        return new SpoolFile(this, file);
    }

    /** {@return whether {@code more} bytes fit; if so they are taken} */
    boolean take(long more) {
        if (bytes.addAndGet(more) <= budget) {
            return true;
        }
        bytes.addAndGet(-more);
        refused.increment();
        return false;
    }

    /** {@return whether {@code more} bytes would not fit now; nothing is taken} */
    boolean isTooFullFor(long more) {
        boolean full = more > budget - bytes.get();
        if (full) {
            refused.increment();
        }
        return full;
    }

    void giveBack(long taken) {
        bytes.addAndGet(-taken);
        files.decrementAndGet();
    }

    /** {@return bodies that did not fit} */
    long refused() {
        return refused.sum();
    }

    long budget() {
        return budget;
    }

    int files() {
        return files.get();
    }

    long bytes() {
        return bytes.get();
    }
}
