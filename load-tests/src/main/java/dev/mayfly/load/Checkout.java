package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The working copy that is measured.
 *
 * @param root its top folder
 */
record Checkout(Path root) {
    /** Says which commit was measured: {@code commit=1a2b3c4 dirty=false}. */
    String describe() throws IOException, InterruptedException {
        String commit = git("rev-parse", "--short", "HEAD").strip();
        return "commit=" + commit + " dirty=" + !git("status", "--porcelain").isBlank();
    }

    Path launcher() {
        return root.resolve("mayfly");
    }

    /** Has the launcher build what is missing, which is no part of any figure. */
    void build() throws IOException, InterruptedException {
        run(List.of(launcher().toString(), "version"));
    }

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    /** {@return what it printed} Its complaints go to standard error. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
