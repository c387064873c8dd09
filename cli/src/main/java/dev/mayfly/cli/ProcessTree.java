package dev.mayfly.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command and all that it started. A process whose parent is gone is nobody's child any more, so
 * parents alone do not tell: each command has a mark in its environment, which its children
 * inherit, and where the system shows environments ({@code /proc}) they are found by it.
 *
 * <p>Until it is closed it ends with this process, whatever signal that gets.
 */
final class ProcessTree implements AutoCloseable {
    /** The environment variable that holds the mark. */
    static final String MARK = "MAYFLY_BUILD";

    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** A tree that makes children faster than they are ended is left after so many looks. */
    private static final int LOOKS = 20;

    private final Process root;
    private final String mark;
    private final AtExit atExit;

    private ProcessTree(Process root, String mark, AtExit atExit) {
        this.root = root;
        this.mark = mark;
        this.atExit = atExit;
    }

    /**
     * Starts {@code command}, with a mark of its own among its environment.
     *
     * @throws IOException when it cannot be started, or this process ends
     */
    static ProcessTree start(ProcessBuilder command) throws IOException {
        return new Start().of(command);
    }

    /** {@return the command itself} */
    Process root() {
        return root;
    }

    /** Ends all of it: politely, and after a while not. Blocks until it is gone. */
    void end() {
        Set<ProcessHandle> living = living();
        living.forEach(ProcessHandle::destroy);
        await(living);
        for (int look = 0; look < LOOKS; look++) {
            Set<ProcessHandle> left = living();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            await(left);
        }
    }

    /** What still runs may outlive this process. */
    @Override
    public void close() {
        atExit.callOff();
    }

    private static void await(Set<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) { // the next look sees who is left
            return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<ProcessHandle> living() {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        Stream.concat(Stream.of(root.toHandle()), root.descendants())
                .filter(ProcessHandle::isAlive)
                .forEach(found::add);
        found.addAll(marked());
        found.remove(ProcessHandle.current());
        return found;
    }

    private Set<ProcessHandle> marked() {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        if (!Files.isDirectory(PROCESSES)) {
            return found;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : all) {
                if (isMarked(process)) {
                    ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())))
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(found::add);
                }
            }
        } catch (IOException _) { // then its descendants are all that can be known
            return found;
        }
        return found;
    }

    private boolean isMarked(Path process) {
        try {
            String environment =
                    new String(
                            Files.readAllBytes(process.resolve("environ")),
                            StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + MARK + "=" + mark + "\0");
        } catch (IOException _) { // somebody else's, or gone
            return false;
        }
    }

    /** The start of one tree, which ends with this process from before its first moment on. */
    private static final class Start {
        private @Nullable ProcessTree tree;

        synchronized ProcessTree of(ProcessBuilder command) throws IOException {
            String mark = UUID.randomUUID().toString();
            command.environment().put(MARK, mark);
            AtExit atExit = AtExit.begin("mayfly-process-end", this::end);
            try {
                ProcessTree started = new ProcessTree(command.start(), mark, atExit);
                tree = started;
                return started;
            } catch (IOException e) {
                atExit.callOff();
                throw e;
            }
        }

        private synchronized void end() {
            ProcessTree started = tree;
            if (started != null) {
                started.end();
            }
        }
    }
}
