package dev.mayfly.load;

import java.io.IOException;
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

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(words));
        Process git =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output =
                new String(
                        git.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
