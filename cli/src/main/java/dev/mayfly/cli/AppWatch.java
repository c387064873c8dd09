package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads an app when its files change, on a thread of its own.
 *
 * <pre>
 *   event in a watched folder ─┐
 *                              ├─► quiet for 150 ms ─► a file differs, or a mount saw an event ─► reload
 *   a second went by ──────────┘                       neither: wait on
 * </pre>
 *
 * Files are watched through their folders, since editors and compilers replace a file rather than
 * write into it, and a watch on the old file would see nothing more. An event alone proves nothing
 * (the folder holds other files, too), so what decides is whether a file's size, time or identity
 * differ. The look once a second finds what events miss: a folder that was deleted and made anew
 * takes its watch with it, and a link's target may change in a folder nobody watches.
 */
final class AppWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppWatch.class);

    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Files that never stop changing must not put a reload off for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final WatchEvent.Kind<?>[] ANY_CHANGE = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE
    };

    private final LiveApp app;
    private final WatchService events;

    /** Keys of folders in which everything counts; owned by the watching thread once it runs. */
    private final Set<WatchKey> mounts = new HashSet<>();

    private AppWatch(LiveApp app, WatchService events) {
        this.app = app;
        this.events = events;
    }

    /** {@return a running watch of a loaded app; nothing that changed since the load is missed} */
    static AppWatch start(LiveApp app) throws IOException {
        AppWatch watch = new AppWatch(app, FileSystems.getDefault().newWatchService());
        watch.register();
        Thread.ofPlatform().daemon().name("mayfly-watch").start(watch::run);
        return watch;
    }

    /** Ends the watch; a reload under way is finished, by its own thread. */
    @Override
    public void close() throws IOException {
        events.close();
    }

    private void run() {
        try {
            while (true) {
                turn();
            }
        } catch (ClosedWatchServiceException | InterruptedException _) {
            LOG.debug("the watch has ended");
        }
    }

    private void turn() throws InterruptedException {
        boolean mountTouched = take(LOOK);
        if (!mountTouched && !app.changed()) {
            return;
        }
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (anotherEvent() && System.nanoTime() < latest) {
            // what is being written is not read half
        }
        app.reload();
        register();
    }

    /** {@return whether an event came within a mount} */
    private boolean take(Duration patience) throws InterruptedException {
        WatchKey key = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return mounts.contains(key);
    }

    private boolean anotherEvent() throws InterruptedException {
        WatchKey key = events.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return true;
    }

    /** Watches what the app names now; a folder that is watched already keeps its key. */
    private void register() {
        app.files().forEach(file -> register(Objects.requireNonNull(file.getParent())));
        mounts.clear();
        app.folders().forEach(this::registerTree);
    }

    private @Nullable WatchKey register(Path folder) {
        try {
            return folder.register(events, ANY_CHANGE);
        } catch (
                IOException
                        e) { // not there yet, or no watches left: the look once a second remains
            LOG.debug("{} is not watched: {}", folder, e.toString());
            return null;
        }
    }

    private void registerTree(Path root) {
        try {
            Files.walkFileTree(root, new FolderVisitor());
        } catch (IOException e) {
            LOG.debug("{} is not watched: {}", root, e.toString());
        }
    }

    private final class FolderVisitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            WatchKey key = register(folder);
            if (key != null) {
                mounts.add(key);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
