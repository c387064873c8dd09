package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a program says when it is asked something short. */
sealed interface ProgramAnswer {
    /**
     * It ended.
     *
     * @param exit its exit code
     * @param text of both its outputs, as much as is worth reading
     */
    record Said(int exit, String text) implements ProgramAnswer {}

    /**
     * It did not.
     *
     * @param why without the program's name
     */
    record Failed(String why) implements ProgramAnswer {}

    /** More than any version takes; who says more than that does not stop by himself. */
    int MOST_BYTES = 1 << 14;

    /**
     * {@return what it says; it is ended when its time is over, with all that it started}
     *
     * @param command the program and its arguments
     * @param folder where it runs
     * @param environment all of its
     * @param patience how long
     */
    static ProgramAnswer of(
            List<String> command, Path folder, Map<String, String> environment, Duration patience)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        ProcessTree started;
        try {
            started = ProcessTree.start(builder);
        } catch (IOException e) { // an answer too: the file is no program of this machine
            return new Failed("cannot be started: " + Complaints.reason(e));
        }
        try (ProcessTree tree = started) {
            return answer(tree, patience);
        }
    }

    private static ProgramAnswer answer(ProcessTree tree, Duration patience) throws IOException {
        try {
            tree.root().getOutputStream().close();
            return answer(tree.root(), patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            tree.end();
        }
    }

    private static ProgramAnswer answer(Process process, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Executor threads = Thread::startVirtualThread;
        CompletableFuture<byte[]> output =
                CompletableFuture.supplyAsync(() -> read(process.getInputStream()), threads);
        String hanging = "gives no answer within " + patience.toSeconds() + " s";
        try {
            byte[] bytes = output.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (bytes.length == MOST_BYTES) {
                return new Failed("prints without end");
            }
            return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
                    ? new Said(process.exitValue(), new String(bytes, StandardCharsets.UTF_8))
                    : new Failed(hanging);
        } catch (TimeoutException _) { // told as what it is
            return new Failed(hanging);
        } catch (ExecutionException e) {
            return new Failed("cannot be read: " + e.getCause());
        }
    }

    private static byte[] read(InputStream in) {
        try {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
