package dev.mayfly.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** A command that goes on until somebody ends it, and what it has printed so far. */
final class Following implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final Thread thread;

    private Following(Path directory, Map<String, String> environment, String... arguments) {
        PrintWriter printed = new PrintWriter(out, true);
        Surroundings surroundings =
                new Surroundings(
                        printed,
                        printed,
                        environment,
                        directory.toAbsolutePath(),
                        false,
                        false,
                        Piped.NOTHING);
        thread =
                Thread.ofVirtual()
                        .unstarted(() ->
                                Mayfly.commandLine(surroundings, arguments).execute(arguments));
    }

    static Following start(Path directory, Map<String, String> environment, String... arguments) {
        Following following = new Following(directory, environment, arguments);
        following.thread.start();
        return following;
    }

    String out() {
        return out.toString();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** As Ctrl-C does, and waits for the end. */
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
