package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's news of files that an app names. Files are watched through their folders,
 * since editors and compilers replace a file rather than write into it, and a watch on the old file
 * would see nothing more.
 *
 * <p>Used by one thread at a time; {@link #close} may come from any.
 */
final class ChangeEvents implements LiveApp.Named, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeEvents.class);

    private static final WatchEvent.Kind<?>[] ANY_CHANGE = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE
    };

    /** What an event was about. */
    enum News {
        NONE,
        /** Something in the folder of a file: it may be another one. */
        BESIDE_A_FILE,
        /** Something within a folder of which everything counts. */
        WITHIN_A_FOLDER
    }

    private final WatchService service;

    /** Keys of folders of which everything counts. */
    private final Set<WatchKey> whole = new HashSet<>();

    private ChangeEvents(WatchService service) {
        this.service = service;
    }

    static ChangeEvents open() throws IOException {
        return new ChangeEvents(FileSystems.getDefault().newWatchService());
    }

    /** Watches these from now on; a folder that is watched already loses no event. */
    @Override
    public void named(Set<Path> files, Set<Path> folders) {
        whole.clear();
        files.forEach(this::watchFolderOf);
        folders.forEach(folder -> watchTree(folder, Integer.MAX_VALUE, new Registering(true)));
    }

    /**
     * Watches sources of builds from now on, folders that were made since the last call among them.
     *
     * @param globs what may be a source
     */
    void sources(WatchGlobs globs) {
        globs.roots()
                .forEach((root, depth) -> {
                    if (Files.isDirectory(root)) {
                        watchTree(root, depth, new Registering(false));
                    } else {
                        watchNearest(root);
                    }
                });
    }

    /** What is not there yet is seen to come from the folder above it that is. */
    private void watchNearest(Path path) {
        Path folder = Objects.requireNonNull(path.getParent());
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        watchFolder(folder);
    }

    /**
     * Takes the events so far: all that they tell of is about to be read.
     *
     * @return whether one was within a folder of which everything counts
     */
    boolean drain() {
        boolean within = false;
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            key.pollEvents();
            key.reset();
            within |= whole.contains(key);
        }
        return within;
    }

    /**
     * Waits for one event.
     *
     * @throws java.nio.file.ClosedWatchServiceException once this is closed
     */
    News await(Duration patience) throws InterruptedException {
        WatchKey key = service.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return News.NONE;
        }
        key.pollEvents();
        key.reset();
        return whole.contains(key) ? News.WITHIN_A_FOLDER : News.BESIDE_A_FILE;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    private void watchFolderOf(Path file) {
        watchFolder(Objects.requireNonNull(file.getParent()));
    }

    private void watchFolder(Path folder) {
        try {
            folder.register(service, ANY_CHANGE);
        } catch (IOException e) {
            notWatched(folder, e);
        }
    }

    private void watchTree(Path root, int depth, Registering visitor) {
        try {
            Files.walkFileTree(root, Set.of(), depth, visitor);
        } catch (IOException e) {
            notWatched(root, e);
        }
    }

    private static void notWatched(Path folder, IOException reason) {
        LOG.warn("changes in {} may go unseen: {}", folder, Complaints.reason(reason));
    }

    private final class Registering extends SimpleFileVisitor<Path> {
        private final boolean everythingCounts;
        private boolean begun;

        Registering(boolean everythingCounts) {
            this.everythingCounts = everythingCounts;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            boolean root = !begun;
            begun = true;
            if (!everythingCounts && !root && WatchGlobs.isPassedOver(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            WatchKey key = folder.register(service, ANY_CHANGE);
            if (everythingCounts) {
                whole.add(key);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
