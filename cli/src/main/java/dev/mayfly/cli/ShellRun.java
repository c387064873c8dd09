package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One run of a shell command. Its lines go to a consumer as they come, on a thread of their own; no
 * more than one is kept, however much it prints. Whatever ends the wait for it, Ctrl-C among it,
 * ends all its processes.
 */
final class ShellRun {
    /** Longer lines come in pieces. */
    private static final int LONGEST_LINE = 1 << 12;

    /** From here on a code says which signal ended it. */
    private static final int SIGNALS = 128;

    /** For what is on its way when the command ends; a process it left behind may hold the pipe. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final ProcessTree tree;
    private final Consumer<String> lines;

    /** What is printed after its end is nobody's business any more. */
    private volatile boolean ended;

    private ShellRun(ProcessTree tree, Consumer<String> lines) {
        this.process = tree.root();
        this.tree = tree;
        this.lines = lines;
    }

    /**
     * Runs {@code command} to its end.
     *
     * @param folder where it runs
     * @param lines what it prints, standard error among it
     * @return its exit code
     * @throws InterruptedException when the wait is interrupted; then none of it runs any more
     */
    static int run(String command, Path folder, Consumer<String> lines)
            throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        try (ProcessTree tree = ProcessTree.start(shell)) {
            return new ShellRun(tree, lines).toItsEnd();
        }
    }

    private int toItsEnd() throws IOException, InterruptedException {
        try {
            process.getOutputStream().close(); // who asks something gets no answer, and ends
            Thread reader =
                    Thread.ofPlatform().daemon().name("mayfly-build-output").start(this::read);
            int exit = process.waitFor();
            reader.join(LAST_WORDS.toMillis());
            return exit;
        } finally {
            // A signal may have reached the shell alone, or before it reached this process.
            if (process.isAlive() || process.exitValue() >= SIGNALS) {
                tree.end();
            }
            ended = true;
            process.getInputStream().close();
        }
    }

    private void read() {
        try (InputStream out = process.getInputStream();
                InputStreamReader text = new InputStreamReader(out, StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int next = text.read(); next >= 0; next = text.read()) {
                if (next != '\n') {
                    line.append((char) next);
                }
                if (next == '\n' || line.length() == LONGEST_LINE) {
                    tell(line);
                }
            }
            if (!line.isEmpty()) {
                tell(line);
            }
        } catch (IOException e) {
            if (!ended) {
                lines.accept("(no more of its output: " + Complaints.reason(e) + ")");
            }
        }
    }

    private void tell(StringBuilder line) {
        if (!ended) {
            lines.accept(line.toString());
        }
        line.setLength(0);
    }
}
