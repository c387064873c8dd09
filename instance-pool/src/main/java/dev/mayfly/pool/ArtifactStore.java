package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that save work, in a folder of bounded size. A cache and no more: what is missing, damaged
 * or foreign is made again, a folder that cannot be written costs that at each start. Each trouble
 * is said once.
 *
 * <p>The files least recently used go first, by an order kept here (a folder's access times are not
 * kept by most systems); files on {@link #hold} stay. Any thread.
 */
final class ArtifactStore {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);

    private final ArtifactFolder folder;
    private final Path path;
    private final long maxBytes;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** A file of this size could not be written: that a smaller one can says little of the disk. */
    private volatile long unwritten;

    /** Sizes by name, the least recently used first; guarded by itself. */
    private final LinkedHashMap<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);

    /** How often each file is held; guarded by {@link #sizes}. */
    private final Map<String, Integer> held = new LinkedHashMap<>();

    /** Bytes of all files; guarded by {@link #sizes}. */
    private long bytes;

    /** The store in {@code path}, which may hold {@code maxBytes}. */
    ArtifactStore(Path path, long maxBytes) {
        this.path = path;
        this.folder = new ArtifactFolder(path);
        this.maxBytes = maxBytes;
        try {
            folder.list().forEach(entry -> account(entry.name(), entry.bytes()));
            evict(); // it may have been more under another limit
        } catch (IOException e) {
            report("list", "cannot list what is kept in {}: {}", e);
        }
    }

    /** Makes something of a file; keeps it open if it wants to. */
    @FunctionalInterface
    interface Reading<T> {
        T from(ArtifactFile file) throws IOException, DamagedException;
    }

    /** What {@code reading} makes of the file {@code name}; empty when it is missing or damaged. */
    <T> Optional<T> read(String name, Reading<T> reading) {
        try {
            ArtifactFile file = ArtifactFile.open(folder.file(name), name);
            T read = closedUnlessRead(file, reading);
            used(name);
            return Optional.of(read);
        } catch (DamagedException e) {
            damaged(name, e);
        } catch (EOFException | UTFDataFormatException e) {
            damaged(name, new DamagedException("cut off: " + e.getMessage()));
        } catch (FileNotFoundException e) {
            unopened(name, e);
        } catch (IOException e) {
            report("read", "cannot read what is kept in {}: {}", e);
        }
        return Optional.empty();
    }

    /** Also what opening says when it may not, or when there are too many open files. */
    private void unopened(String name, FileNotFoundException why) {
        if (Files.exists(folder.file(name))) {
            report("read", "cannot read what is kept in {}: {}", why);
        } else {
            forget(name);
        }
    }

    private static <T> T closedUnlessRead(ArtifactFile file, Reading<T> reading)
            throws IOException, DamagedException {
        boolean read = false;
        try {
            T made = reading.from(file);
            read = true;
            return made;
        } finally {
            if (!read) {
                file.close();
            }
        }
    }

    /** Says so once, and takes the file away, so that it is made again. */
    void damaged(String name, DamagedException damage) {
        if (reported.add(name)) {
            LOG.warn("{} is {}: made again", folder.file(name), damage.what());
        }
        try {
            folder.delete(name);
            forget(name);
        } catch (IOException e) {
            report("delete", "cannot delete what is damaged in {}: {}", e);
        }
    }

    /**
     * Whether the file {@code name} is there, which counts as a use; its bytes are not looked at.
     */
    boolean has(String name) {
        boolean there = Files.isRegularFile(folder.file(name));
        if (there) {
            used(name);
        } else {
            forget(name);
        }
        return there;
    }

    /** Keeps {@code parts}; false where that fails. */
    boolean keep(String name, Map<String, byte[]> parts) {
        byte[] file = ArtifactFile.write(name, parts);
        try {
            if (file.length > maxBytes) {
                throw new IOException(name + " alone is larger than " + maxBytes + " bytes");
            }
            folder.write(name, file);
            account(name, file.length);
            evict();
            if (file.length >= unwritten && reported.remove("write")) {
                LOG.info("{} can be written again", path);
            }
            return true;
        } catch (IOException e) {
            unwritten = file.length;
            report("write", "cannot keep anything in {}, each start makes it anew: {}", e);
            return false;
        }
    }

    /** Keeps the file {@code name} from being evicted until the hold is closed. */
    Hold hold(String name) {
        synchronized (sizes) {
            held.merge(name, 1, Integer::sum);
        }
        return () -> release(name);
    }

    private void release(String name) {
        synchronized (sizes) {
            held.computeIfPresent(name, (_, times) -> times == 1 ? null : times - 1);
        }
    }

    /** A file that is needed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private void used(String name) {
        synchronized (sizes) {
            sizes.get(name);
        }
        try {
            folder.touch(name);
        } catch (IOException e) {
            report(
                    "touch",
                    "cannot note in {} what is used, the order is lost at a restart: {}",
                    e);
        }
    }

    private void account(String name, long size) {
        synchronized (sizes) {
            @Nullable Long before = sizes.put(name, size);
            bytes += size - (before == null ? 0 : before);
        }
    }

    private void forget(String name) {
        synchronized (sizes) {
            @Nullable Long before = sizes.remove(name);
            bytes -= before == null ? 0 : before;
        }
    }

    private void evict() throws IOException {
        synchronized (sizes) {
            Iterator<Map.Entry<String, Long>> eldest = sizes.entrySet().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                Map.Entry<String, Long> entry = eldest.next();
                if (!held.containsKey(entry.getKey())) {
                    folder.delete(entry.getKey());
                    bytes -= entry.getValue();
                    eldest.remove();
                }
            }
        }
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Bytes of all files. */
    long bytes() {
        synchronized (sizes) {
            return bytes;
        }
    }

    private void report(String once, String message, IOException why) {
        if (reported.add(once)) {
            LOG.warn(message, path, why.toString());
        }
    }
}
